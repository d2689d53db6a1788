import Tensors

/// Operations that do the same to operands of the same shapes.
struct OperationKind: Hashable {
  /// What one of them has to do, by which its speed is judged.
  enum Work: Hashable {
    /// Operations of products.
    case operations(Int)
    /// Bytes read and written.
    case bytes(Int)
  }

  let operation: String
  /// The operands' extents; nil where a device tells operations apart by nothing but their names.
  let shape: String?
  /// How products round their operands; nil for what has none.
  let precision: ProductPrecision?
  /// Nil where it is not known.
  let work: Work?

  init(_ operation: String, _ shape: String?, _ precision: ProductPrecision?, _ work: Work?) {
    self.operation = operation
    self.shape = shape
    self.precision = precision
    self.work = work
  }
}

/// The calls of one kind.
struct OperationTime {
  var count = 0
  var seconds = 0.0

  mutating func add(_ seconds: Double) {
    count += 1
    self.seconds += seconds
  }
}
