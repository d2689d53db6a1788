extension Lanes {
  /// Reads `count` floats and fills the other lanes.
  @inline(always)
  init(_ pointer: UnsafePointer<Float>, count: Int, padding: Float) {
    var lanes = Lanes(repeating: padding)
    for lane in 0..<count { lanes[lane] = pointer[lane] }
    self = lanes
  }

  /// Writes the first `count` lanes.
  @inline(always)
  func store(_ pointer: UnsafeMutablePointer<Float>, count: Int) {
    for lane in 0..<count { pointer[lane] = self[lane] }
  }

  /// The sum of all lanes, one after another.
  @inline(always)
  var total: Float {
    var sum: Float = 0
    for lane in 0..<Lanes.scalarCount { sum += self[lane] }
    return sum
  }
}

/// Calls `body` for each full register and once for the rest of `count` floats.
@inline(always)
func forEachLanes(_ count: Int, _ body: (_ start: Int, _ lanes: Int) -> Void) {
  var start = 0
  while start + Lanes.scalarCount <= count {
    body(start, Lanes.scalarCount)
    start += Lanes.scalarCount
  }
  if start < count { body(start, count - start) }
}
