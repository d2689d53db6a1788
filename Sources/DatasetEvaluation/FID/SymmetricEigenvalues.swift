extension Matrix {
  /// The eigenvalues of a symmetric matrix, in ascending order.
  ///
  /// Reflections bring it to three diagonals, on which QL iterations with implicit shifts converge. Only what is on and
  /// below the diagonal is read.
  ///
  /// Source: Householder's and Francis' methods as in Wilkinson and Reinsch, "Handbook for Automatic Computation",
  /// volume II, 1971, contributions II/2 and II/4.
  ///
  /// - Complexity: 4/3 · rows³ operations.
  package func symmetricEigenvalues() -> [Double] {
    precondition(rows == columns, "Matrix: \(rows)×\(columns) has no eigenvalues")
    var (diagonal, beside) = tridiagonal()
    for first in diagonal.indices { Self.converge(first, &diagonal, &beside) }
    return diagonal.sorted()
  }

  /// The diagonal of a similar matrix of three diagonals, and the other one, whose entry `i` lies between `i` and `i + 1`;
  /// the last entry is zero.
  private func tridiagonal() -> (diagonal: [Double], beside: [Double]) {
    let side = rows
    var (matrix, beside) = (numbers, [Double](repeating: 0, count: side))
    for last in stride(from: side - 1, to: 0, by: -1) {
      // The part of the row left of the diagonal becomes one number, at its end.
      var vector = Array(matrix[last * side..<last * side + last])
      let norm = Self.reflection(&vector)
      beside[last - 1] = norm.entry
      if norm.square > 0 { Self.reflect(&matrix, side, vector, norm.square) }
    }
    return ((0..<side).map { matrix[$0 * side + $0] }, beside)
  }

  /// Makes of a vector x the normal v of the reflection that maps x to its last axis.
  ///
  /// - Returns: What the last entry becomes, and vᵀv / 2; that is 0 where nothing has to be done.
  private static func reflection(_ x: inout [Double]) -> (entry: Double, square: Double) {
    let last = x.count - 1
    guard let largest = x.dropLast().map(\.magnitude).max(), largest > 0 else {
      return (x[last], 0)
    }
    let squares = x.reduce(0) { $0 + $1 * $1 }
    let entry = x[last] > 0 ? -squares.squareRoot() : squares.squareRoot()
    let square = squares - x[last] * entry
    x[last] -= entry
    return (entry, square)
  }

  /// Applies a reflection to both sides of the leading block: A − v·qᵀ − q·vᵀ with q = p − (vᵀp / 2h)·v, p = A·v / h.
  private static func reflect(
    _ matrix: inout [Double], _ side: Int, _ v: [Double], _ h: Double
  ) {
    let product = product(matrix, side, v)
    let half = zip(v, product).reduce(0) { $0 + $1.0 * $1.1 } / h / 2
    let q = zip(product, v).map { ($0 - half * $1) / h }
    unsafe matrix.withUnsafeMutableBufferPointer { a in
      unsafe v.withUnsafeBufferPointer { v in
        unsafe q.withUnsafeBufferPointer { q in
          for i in v.indices {
            for j in 0...i { unsafe a[i * side + j] -= v[i] * q[j] + q[i] * v[j] }
          }
        }
      }
    }
  }

  /// The leading block, of which what is above the diagonal is not read, times a vector.
  private static func product(_ matrix: [Double], _ side: Int, _ v: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: v.count)
    unsafe matrix.withUnsafeBufferPointer { a in
      unsafe v.withUnsafeBufferPointer { v in
        unsafe result.withUnsafeMutableBufferPointer { result in
          for i in v.indices {
            var sum = unsafe a[i * side + i] * v[i]
            for j in 0..<i {
              unsafe sum += a[i * side + j] * v[j]
              unsafe result[j] += a[i * side + j] * v[i]
            }
            unsafe result[i] += sum
          }
        }
      }
    }
    return result
  }

  /// Rotates until entry `first` of the diagonal is an eigenvalue.
  private static func converge(_ first: Int, _ d: inout [Double], _ e: inout [Double]) {
    // A few sweeps are enough for numbers; what is none does not converge.
    for _ in 0..<100 {
      guard let end = split(after: first, d, e), end > first else { return }
      // The shift is the eigenvalue of the leading 2×2 block that is nearer to its first entry.
      var g = (d[first + 1] - d[first]) / (2 * e[first])
      let root = (g * g + 1).squareRoot()
      g = d[end] - d[first] + e[first] / (g + (g < 0 ? -root : root))
      rotate(first, end, shifted: g, &d, &e)
    }
  }

  /// The last entry of the block that `first` begins: behind it the other diagonal is nothing beside its neighbours.
  private static func split(after first: Int, _ d: [Double], _ e: [Double]) -> Int? {
    (first..<d.count).first { place in
      place == d.count - 1
        || e[place].magnitude <= Double.ulpOfOne * (d[place].magnitude + d[place + 1].magnitude)
    }
  }

  /// One sweep of plane rotations from `end` up to `first`.
  private static func rotate(
    _ first: Int, _ end: Int, shifted shift: Double, _ d: inout [Double], _ e: inout [Double]
  ) {
    var (g, sine, cosine, moved) = (shift, 1.0, 1.0, 0.0)
    for i in stride(from: end - 1, through: first, by: -1) {
      let (f, b) = (sine * e[i], cosine * e[i])
      let length = (f * f + g * g).squareRoot()
      e[i + 1] = length
      if length == 0 {
        d[i + 1] -= moved
        e[end] = 0
        return
      }
      (sine, cosine) = (f / length, g / length)
      let base = d[i + 1] - moved
      let turned = (d[i] - base) * sine + 2 * cosine * b
      moved = sine * turned
      d[i + 1] = base + moved
      g = cosine * turned - b
    }
    d[first] -= moved
    e[first] = g
    e[end] = 0
  }
}
