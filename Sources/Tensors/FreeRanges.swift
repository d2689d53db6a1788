/// Ranges of addresses that nobody uses, in order; neighbours are joined.
package struct FreeRanges: Sendable {
  package private(set) var ranges: [Range<UInt>] = []
  /// Bytes of all ranges.
  package private(set) var byteCount = 0

  /// No range at all.
  package init() {}

  /// Adds a range that touches none of the others.
  package mutating func insert(_ range: Range<UInt>) {
    byteCount += range.count
    var index = indexOfFirst(after: range.lowerBound)
    var joined = range
    if index < ranges.count && ranges[index].lowerBound == range.upperBound {
      joined = joined.lowerBound..<ranges.remove(at: index).upperBound
    }
    if index > 0 && ranges[index - 1].upperBound == range.lowerBound {
      index -= 1
      joined = ranges.remove(at: index).lowerBound..<joined.upperBound
    }
    ranges.insert(joined, at: index)
  }

  /// Takes the beginning of the smallest range of at least `count` bytes.
  package mutating func take(_ count: Int) -> UInt? {
    let fitting = ranges.indices.filter { ranges[$0].count >= count }
    guard let index = fitting.min(by: { ranges[$0].count < ranges[$1].count }) else { return nil }
    let range = ranges[index]
    let end = range.lowerBound + UInt(count)
    if end == range.upperBound {
      ranges.remove(at: index)
    } else {
      ranges[index] = end..<range.upperBound
    }
    byteCount -= count
    return range.lowerBound
  }

  /// Takes out whole pages of the largest ranges, at least `count` bytes of them if there are.
  package mutating func removePages(_ count: Int, size: Int) -> [Range<UInt>] {
    var removed: [Range<UInt>] = []
    var missing = count
    let page = UInt(size)
    for range in ranges.sorted(by: { $0.count > $1.count }) where missing > 0 {
      let first = (range.lowerBound + page - 1) / page * page
      let wanted = first + (UInt(missing) + page - 1) / page * page
      let end = min(wanted, range.upperBound / page * page)
      guard first < end else { continue }
      remove(first..<end, from: range)
      removed.append(first..<end)
      missing -= Int(end - first)
    }
    return removed
  }

  private mutating func remove(_ part: Range<UInt>, from range: Range<UInt>) {
    let index = indexOfFirst(after: range.lowerBound) - 1
    let rests = [range.lowerBound..<part.lowerBound, part.upperBound..<range.upperBound]
    ranges.replaceSubrange(index...index, with: rests.filter { !$0.isEmpty })
    byteCount -= part.count
  }

  /// Index of the first range that begins behind an address.
  private func indexOfFirst(after address: UInt) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound > address { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
