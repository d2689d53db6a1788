/// Where everything goes that a function holds while it runs, known before it runs again.
///
/// What is never held at the same time may lie in the same place. The largest goes first, each as far in
/// front as it fits, which comes close to the least memory that will do.
///
/// Source: Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", MLSys 2020,
/// arXiv 2001.03288, "greedy by size".
package struct MemoryPlan: Sendable {
  /// Something that is held from one moment until just before another.
  package struct Item: Sendable {
    package let size: Int
    package let moments: Range<Int>

    package init(size: Int, moments: Range<Int>) { (self.size, self.moments) = (size, moments) }
  }

  /// A region of memory in one piece, and where something begins in it.
  package struct Place: Sendable, Equatable {
    package let region: Int
    package let start: Int
  }

  /// The items' places, in their order.
  package let places: [Place]
  /// Bytes of each region.
  package let regionSizes: [Int]

  /// - Parameter regionLimit: The most bytes of a region; an item that is larger has one by itself.
  package init(_ items: [Item], regionLimit: Int) {
    var places = [Place](repeating: Place(region: 0, start: 0), count: items.count)
    /// Items of each region.
    var residents: [[Int]] = []
    for index in items.indices.sorted(by: { items[$0].size > items[$1].size }) {
      let item = items[index]
      let place = residents.indices.lazy.compactMap { region -> Place? in
        let others = residents[region].filter { items[$0].moments.overlaps(item.moments) }
          .map { places[$0].start..<places[$0].start + items[$0].size }
        let start = Self.gap(of: item.size, between: others)
        return start + item.size <= regionLimit ? Place(region: region, start: start) : nil
      }.first
      places[index] = place ?? Place(region: residents.count, start: 0)
      if place == nil { residents.append([]) }
      residents[places[index].region].append(index)
    }
    self.places = places
    regionSizes = residents.map { $0.map { places[$0].start + items[$0].size }.max() ?? 0 }
  }

  /// Where the first gap of a size begins.
  private static func gap(of size: Int, between ranges: [Range<Int>]) -> Int {
    var start = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if start + size <= range.lowerBound { break }
      start = max(start, range.upperBound)
    }
    return start
  }
}
