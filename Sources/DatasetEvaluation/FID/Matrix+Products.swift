extension Matrix {
  /// The products of each row with each row of another matrix: self · otherᵀ.
  ///
  /// - Complexity: rows · other.rows · columns multiplications.
  package func timesTransposed(_ other: Matrix) -> Matrix {
    precondition(
      columns == other.columns, "Matrix: rows of \(columns) and \(other.columns) numbers")
    return products(with: other, symmetric: false)
  }

  /// The products of each row with each row: self · selfᵀ, which is symmetric.
  ///
  /// - Complexity: rows² / 2 · columns multiplications.
  package var gram: Matrix { products(with: self, symmetric: true) }

  /// Pieces of rows, and groups of them, that stay in a cache.
  private static let (piece, group) = (256, 64)

  private func products(with other: Matrix, symmetric: Bool) -> Matrix {
    var result = [Double](repeating: 0, count: rows * other.rows)
    unsafe numbers.withUnsafeBufferPointer { a in
      unsafe other.numbers.withUnsafeBufferPointer { b in
        for start in stride(from: 0, to: columns, by: Self.piece) {
          let piece = start..<min(start + Self.piece, columns)
          for first in stride(from: 0, to: other.rows, by: Self.group) {
            let group = first..<min(first + Self.group, other.rows)
            for row in stride(from: symmetric ? first : 0, to: rows, by: 2) {
              unsafe add(a, row, b, group, piece, to: &result, of: other.rows)
            }
          }
        }
      }
    }
    if symmetric { Self.mirror(&result, rows) }
    return Matrix(rows: rows, columns: other.rows, result)
  }

  /// Adds the products of pieces of two rows with those of a group of rows.
  private func add(
    _ a: UnsafeBufferPointer<Double>, _ row: Int, _ b: UnsafeBufferPointer<Double>,
    _ group: Range<Int>, _ piece: Range<Int>, to result: inout [Double], of width: Int
  ) {
    let next = min(row + 1, rows - 1)
    for other in stride(from: group.lowerBound, to: group.upperBound, by: 2) {
      let beside = min(other + 1, group.upperBound - 1)
      let sums = unsafe Self.tile(
        a, row * columns, next * columns, b, other * columns, beside * columns, piece)
      result[row * width + other] += sums.0
      if beside > other { result[row * width + beside] += sums.1 }
      if next > row { result[next * width + other] += sums.2 }
      if next > row, beside > other { result[next * width + beside] += sums.3 }
    }
  }

  /// The four products of two rows with two rows, in eight partial sums each.
  @inline(__always)
  private static func tile(
    _ a: UnsafeBufferPointer<Double>, _ a0: Int, _ a1: Int, _ b: UnsafeBufferPointer<Double>,
    _ b0: Int, _ b1: Int, _ piece: Range<Int>
  ) -> (Double, Double, Double, Double) {
    typealias Lanes = SIMD4<Double>
    func load(_ base: UnsafeBufferPointer<Double>, _ place: Int) -> Lanes {
      let bytes = UnsafeRawBufferPointer(base)
      return unsafe bytes.loadUnaligned(
        fromByteOffset: place * MemoryLayout<Double>.stride, as: Lanes.self)
    }
    var (s00, s01, s10, s11) = (Lanes(), Lanes(), Lanes(), Lanes())
    let whole = piece.count / 4 * 4
    for k in stride(from: piece.lowerBound, to: piece.lowerBound + whole, by: 4) {
      let (x0, x1) = unsafe (load(a, a0 + k), load(a, a1 + k))
      let (y0, y1) = unsafe (load(b, b0 + k), load(b, b1 + k))
      s00 += x0 * y0
      s01 += x0 * y1
      s10 += x1 * y0
      s11 += x1 * y1
    }
    var (r00, r01, r10, r11) = (s00.sum(), s01.sum(), s10.sum(), s11.sum())
    for k in piece.lowerBound + whole..<piece.upperBound {
      unsafe r00 += a[a0 + k] * b[b0 + k]
      unsafe r01 += a[a0 + k] * b[b1 + k]
      unsafe r10 += a[a1 + k] * b[b0 + k]
      unsafe r11 += a[a1 + k] * b[b1 + k]
    }
    return (r00, r01, r10, r11)
  }

  /// Copies what is below the diagonal above it.
  private static func mirror(_ numbers: inout [Double], _ side: Int) {
    for row in 0..<side {
      for column in 0..<row { numbers[column * side + row] = numbers[row * side + column] }
    }
  }
}
