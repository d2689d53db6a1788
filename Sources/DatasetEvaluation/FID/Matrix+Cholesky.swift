extension Matrix {
  /// A matrix L with `L · Lᵀ = self`, for a symmetric matrix without negative eigenvalues: the Cholesky factor with its rows
  /// in this matrix's order, and as many columns as the rank.
  ///
  /// Each step takes the row with the largest rest; what is left below the rounding of the largest is none.
  ///
  /// Source: Higham, "Analysis of the Cholesky Decomposition of a Semi-definite Matrix", 1990.
  ///
  /// - Complexity: rows · rank² / 2 multiplications.
  package func semidefiniteFactor() -> Matrix {
    let side = rows
    var rest = (0..<side).map { self[$0, $0] }
    let least = (rest.max() ?? 0) * Double(side) * Double.ulpOfOne
    var factor = Matrix(rows: side, columns: side, [Double](repeating: 0, count: side * side))
    var rank = 0
    while rank < side {
      let pivot = rest.indices.max { rest[$0] < rest[$1] } ?? 0
      guard rest[pivot] > least else { break }
      factor.eliminate(self, pivot, rank, &rest)
      rank += 1
    }
    return factor.prefix(columns: rank)
  }

  /// Adds column `rank`, which accounts for the whole of row `pivot`.
  private mutating func eliminate(
    _ matrix: Matrix, _ pivot: Int, _ rank: Int, _ rest: inout [Double]
  ) {
    let root = rest[pivot].squareRoot()
    let width = columns
    unsafe numbers.withUnsafeMutableBufferPointer { l in
      for row in 0..<width where rest[row] > 0 {
        var product = matrix[row, pivot]
        for k in 0..<rank { unsafe product -= l[row * width + k] * l[pivot * width + k] }
        let entry = row == pivot ? root : product / root
        unsafe l[row * width + rank] = entry
        rest[row] = row == pivot ? 0 : max(rest[row] - entry * entry, 0)
      }
    }
  }

  private func prefix(columns count: Int) -> Matrix {
    let numbers = (0..<rows).flatMap { self.numbers[$0 * columns..<$0 * columns + count] }
    return Matrix(rows: rows, columns: count, numbers)
  }
}
