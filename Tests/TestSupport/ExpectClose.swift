public import Tensors
public import Testing

/// Expects a tensor to have the shape and nearly the values of another one.
public func expectClose(
  _ found: Tensor, _ expected: Tensor, within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if let mismatch = mismatch(found, expected, within: tolerance) {
    Issue.record("\(mismatch)", sourceLocation: sourceLocation)
  }
}

/// Expects a tensor to have nearly these values, row-major.
public func expectClose(
  _ found: Tensor, _ expected: [Float], within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(found.floats(), expected, within: tolerance, sourceLocation: sourceLocation)
}

/// Expects numbers to be nearly these, as `mismatch(_:_:within:)` has it.
public func expectClose(
  _ found: [Float], _ expected: [Float], within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if let mismatch = mismatch(found, expected, within: tolerance) {
    Issue.record("\(mismatch)", sourceLocation: sourceLocation)
  }
}
