/// A matrix of doubles on the host, row-major: what statistics need, where single precision is too little.
public struct Matrix: Sendable, Equatable {
  /// How many there are.
  public let rows, columns: Int
  /// Row by row.
  public internal(set) var numbers: [Double]

  /// Wraps numbers; another count traps.
  public init(rows: Int, columns: Int, _ numbers: [Double]) {
    precondition(
      numbers.count == rows * columns,
      "Matrix: \(numbers.count) numbers do not fill \(rows)×\(columns)")
    (self.rows, self.columns, self.numbers) = (rows, columns, numbers)
  }

  /// Takes vectors of one length as rows.
  public init(rows: [[Float]]) {
    let columns = rows.first?.count ?? 0
    self.init(rows: rows.count, columns: columns, rows.joined().map(Double.init))
  }

  package subscript(row: Int, column: Int) -> Double {
    get { numbers[row * columns + column] }
    set { numbers[row * columns + column] = newValue }
  }

  /// Rows and columns exchanged.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, [Double](repeating: 0, count: numbers.count))
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Some of the rows, in their order.
  package func selecting(_ places: some Collection<Int>) -> Matrix {
    let numbers = places.flatMap { self.numbers[$0 * columns..<($0 + 1) * columns] }
    return Matrix(rows: places.count, columns: columns, numbers)
  }

  /// The sum of the diagonal.
  package var trace: Double { (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] } }

  /// The mean of each column.
  package var means: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += self[row, column] }
    }
    return sums.map { $0 / Double(rows) }
  }

  /// The rows less their mean, divided by √(rows − 1): the product of the transpose with this is their covariance.
  package var deviations: Matrix {
    let (means, scale) = (means, 1 / Double(rows - 1).squareRoot())
    var result = self
    for row in 0..<rows {
      for column in 0..<columns {
        result[row, column] = (self[row, column] - means[column]) * scale
      }
    }
    return result
  }
}
