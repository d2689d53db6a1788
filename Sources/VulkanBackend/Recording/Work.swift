import Tensors

/// One dispatch, for people: errors and profiles name it.
struct Work: Sendable, CustomStringConvertible {
  /// The operation, as the front end calls it.
  var operation: String
  /// What it makes.
  var result: Shape

  var description: String { "\(operation) \(result)" }
}
