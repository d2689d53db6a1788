public import Tensors

/// In what a tensor differs from the expected one, in shape or in a value; nothing when they are close.
public func mismatch(_ found: Tensor, _ expected: Tensor, within tolerance: Tolerance) -> String? {
  found.shape == expected.shape
    ? mismatch(found.floats(), expected.floats(), within: tolerance)
    : "shape \(found.shape), expected \(expected.shape)"
}

/// Where numbers differ most from the expected ones; nothing when all are close.
///
/// The largest difference is measured against the largest expected magnitude. A NaN is never close.
public func mismatch(_ found: [Float], _ expected: [Float], within tolerance: Tolerance) -> String?
{
  guard found.count == expected.count else {
    return "\(found.count) values, expected \(expected.count)"
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
  if worst.difference <= allowed { return nil }
  let (a, b) = (found[worst.index], expected[worst.index])
  return "at \(worst.index): \(a), expected \(b); off by \(worst.difference), allowed \(allowed)"
}
