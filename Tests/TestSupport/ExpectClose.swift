public import TensorCore
public import Testing

/// Expects a tensor to have the shape and nearly the values of another one.
public func expectClose(
  _ found: Tensor, _ expected: Tensor, within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.shape == expected.shape else {
    Issue.record(
      "shape \(found.shape), expected \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  expectClose(
    found, expected.floats(), within: tolerance, sourceLocation: sourceLocation)
}

/// Expects a tensor to have nearly these values, row-major.
public func expectClose(
  _ found: Tensor, _ expected: [Float], within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(found.floats(), expected, within: tolerance, sourceLocation: sourceLocation)
}

/// Expects numbers to be nearly these.
///
/// The largest difference is measured against the largest expected magnitude. A NaN is never close.
public func expectClose(
  _ found: [Float], _ expected: [Float], within tolerance: Tolerance = .float32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(found.count) values, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  // An expected infinity must be met exactly and allows nothing to the others.
  let largest = expected.filter(\.isFinite).reduce(0) { max($0, abs($1)) }
  let allowed = tolerance.relative * largest
  var worst = (index: 0, difference: Float(0))
  for (index, (a, b)) in zip(found, expected).enumerated() {
    let difference = a == b ? 0 : abs(a - b)
    // A NaN on either side compares as false with everything and must not get through.
    if !(difference <= worst.difference) { worst = (index, difference) }
    if difference.isNaN { break }
  }
  if !(worst.difference <= allowed) {
    let (a, b) = (found[worst.index], expected[worst.index])
    Issue.record(
      "at \(worst.index): \(a), expected \(b); off by \(worst.difference), allowed \(allowed)",
      sourceLocation: sourceLocation)
  }
}
