import DatasetEvaluation
import Foundation
import Testing

@Suite struct MatrixTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
    var random = SystemRandom(state: seed)
    return Matrix(
      rows: rows, columns: columns, (0..<rows * columns).map { _ in random.normal() })
  }

  private func difference(_ a: Matrix, _ b: Matrix) -> Double {
    zip(a.numbers, b.numbers).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
  }

  /// Sides that no group of rows and no lanes divide.
  @Test(arguments: [(1, 1, 1), (3, 5, 7), (65, 66, 258), (130, 1, 513)])
  func productsAreThoseOfRows(sides: (rows: Int, others: Int, columns: Int)) {
    let a = random(sides.rows, sides.columns)
    let b = random(sides.others, sides.columns, seed: 2)
    func naive(_ a: Matrix, _ b: Matrix) -> Matrix {
      let numbers = (0..<a.rows).flatMap { row in
        (0..<b.rows).map { other in
          (0..<a.columns).reduce(0) { $0 + a[row, $1] * b[other, $1] }
        }
      }
      return Matrix(rows: a.rows, columns: b.rows, numbers)
    }
    #expect(difference(a.timesTransposed(b), naive(a, b)) < 1e-10)
    #expect(difference(a.gram, naive(a, a)) < 1e-10)
    #expect(a.transposed.transposed == a)
  }

  /// Second differences, whose eigenvalues are known.
  @Test(arguments: [1, 2, 3, 40]) func eigenvaluesOfDifferences(side: Int) {
    var matrix = Matrix(rows: side, columns: side, [Double](repeating: 0, count: side * side))
    for i in 0..<side {
      matrix[i, i] = 2
      if i > 0 {
        matrix[i, i - 1] = -1
        matrix[i - 1, i] = -1
      }
    }
    let expected = (1...side).map { 2 - 2 * cos(Double($0) * .pi / Double(side + 1)) }
    for (found, value) in zip(matrix.symmetricEigenvalues(), expected) {
      #expect((found - value).magnitude < 1e-13)
    }
  }

  /// What sums and sums of squares of eigenvalues have to be, for a matrix that is full.
  @Test func eigenvaluesKeepTraceAndNorm() {
    let matrix = random(60, 70).gram
    let values = matrix.symmetricEigenvalues()
    #expect(values == values.sorted() && values[0] > 0)
    #expect(isNear(values.reduce(0, +), matrix.trace, within: 1e-12))
    let squares = matrix.numbers.reduce(0) { $0 + $1 * $1 }
    #expect(isNear(values.reduce(0) { $0 + $1 * $1 }, squares, within: 1e-12))
  }

  /// Equal eigenvalues, zeros, and a matrix of three diagonals whose other entries are zero here and there.
  @Test func eigenvaluesMayBeEqual() {
    let side = 30
    let vector = random(1, side).numbers
    let numbers = vector.flatMap { x in vector.map { x * $0 } }
    let values = Matrix(rows: side, columns: side, numbers).symmetricEigenvalues()
    #expect(isNear(values[side - 1], vector.reduce(0) { $0 + $1 * $1 }, within: 1e-12))
    #expect(values.dropLast().allSatisfy { $0.magnitude < 1e-12 })

    let diagonal = Matrix(rows: 3, columns: 3, [4, 0, 0, 0, 1, 0, 0, 0, 4])
    #expect(diagonal.symmetricEigenvalues() == [1, 4, 4])
    let zeros = Matrix(rows: 4, columns: 4, [Double](repeating: 0, count: 16))
    #expect(zeros.symmetricEigenvalues() == [0, 0, 0, 0])
  }

  @Test func whatIsNoNumberEnds() {
    let matrix = Matrix(rows: 3, columns: 3, [Double](repeating: .nan, count: 9))
    #expect(matrix.symmetricEigenvalues().count == 3)
  }

  @Test(arguments: [(20, 30), (20, 7), (5, 1)])
  func factorsHaveTheRank(side: Int, rank: Int) {
    let matrix = random(side, rank).gram
    let factor = matrix.semidefiniteFactor()
    #expect(factor.columns == min(side, rank))
    #expect(difference(factor.timesTransposed(factor), matrix) < 1e-12 * matrix.trace)
  }

  @Test func deviationsHaveTheCovariance() {
    let matrix = Matrix(rows: [[1, 2], [3, 2], [5, 8]])
    #expect(matrix.means == [3, 4])
    let covariance = matrix.deviations.transposed.gram
    #expect(difference(covariance, Matrix(rows: [[4, 6], [6, 12]])) < 1e-12)
    #expect(matrix.selecting([2, 0]) == Matrix(rows: [[5, 8], [1, 2]]))
  }
}
