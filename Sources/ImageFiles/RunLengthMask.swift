/// Which pixels of an image belong to one object, as COCO counts them: column by column from the top left, first those
/// that do not belong to it, then those that do, and so on.
public struct RunLengthMask: Sendable, Hashable {
  /// The image's width, in pixels.
  public let width: Int
  /// The image's height, in pixels.
  public let height: Int
  /// Lengths of the runs, of which the first, third, … lie outside; only the first may be 0.
  public let counts: [Int]

  /// Wraps runs that exist already.
  ///
  /// - Parameter counts: At least 0 each; any other sum than the image's pixels traps.
  public init(width: Int, height: Int, counts: [Int]) {
    precondition(
      counts.allSatisfy { $0 >= 0 } && counts.reduce(0, +) == width * height,
      "RunLengthMask: runs of \(counts.reduce(0, +)) pixels do not fill \(width)×\(height)")
    (self.width, self.height, self.counts) = (width, height, counts)
  }

  /// Counts the pixels of a mask.
  ///
  /// - Parameter contains: Whether a pixel of some column and row belongs to the object.
  public init(width: Int, height: Int, contains: (_ x: Int, _ y: Int) -> Bool) {
    var (counts, run, isInside) = ([Int](), 0, false)
    for x in 0..<width {
      for y in 0..<height {
        if contains(x, y) != isInside {
          counts.append(run)
          (run, isInside) = (0, !isInside)
        }
        run += 1
      }
    }
    if run > 0 { counts.append(run) }
    self.init(width: width, height: height, counts: counts)
  }

  /// Pixels that belong to the object.
  public var area: Int { counts.enumerated().reduce(0) { $0 + $1.offset % 2 * $1.element } }

  /// The smallest box around the object; no pixels at all for one that has none.
  public var bounds: (x: Int, y: Int, width: Int, height: Int) {
    var (left, top, right, bottom) = (width, height, -1, -1)
    for run in runs {
      (left, right) = (
        min(left, run.lowerBound / height), max(right, (run.upperBound - 1) / height)
      )
      let isWhole = run.lowerBound / height != (run.upperBound - 1) / height
      top = isWhole ? 0 : min(top, run.lowerBound % height)
      bottom = isWhole ? height - 1 : max(bottom, (run.upperBound - 1) % height)
    }
    return right < left ? (0, 0, 0, 0) : (left, top, right - left + 1, bottom - top + 1)
  }

  /// Pixels that belong to this object and another one of an image of the same size.
  public func intersection(with other: RunLengthMask) -> Int {
    precondition(
      width == other.width && height == other.height,
      "RunLengthMask: \(width)×\(height) pixels beside \(other.width)×\(other.height)")
    let (own, others) = (runs, other.runs)
    var (a, b, common) = (0, 0, 0)
    while a < own.count && b < others.count {
      common += own[a].clamped(to: others[b]).count
      if own[a].upperBound < others[b].upperBound { a += 1 } else { b += 1 }
    }
    return common
  }

  /// The pixels that belong to the object, counted column by column.
  private var runs: [Range<Int>] {
    var (runs, start) = ([Range<Int>](), 0)
    for (index, count) in counts.enumerated() {
      if index % 2 == 1 && count > 0 { runs.append(start..<start + count) }
      start += count
    }
    return runs
  }
}
