import Faults
import Foundation

extension SegmentationDataset {
  /// Refuses to guess what the ids of all masks together mean.
  func checkCount(_ scan: DatasetScan) throws {
    guard !scan.images.isEmpty else { return }
    let used = scan.pixels.indices.filter {
      scan.pixels[$0] > 0 && !classes.ignored.contains(UInt8($0))
    }
    let count = classes.names.count
    // An id as high as the number of names is beyond a list counted from 0: only 1 is left.
    if classes.isCountAssumed, let last = used.last, last < count {
      throw ambiguity(of: used[0] == last ? [last] : [used[0], last])
    }
    if scan.images.values.allSatisfy(\.classes.isEmpty)
      && scan.openStems.count == scan.images.count
    {
      let ids = classes.ignored.sorted().map(String.init).joined(separator: ", ")
      let background = classes.background == nil ? "" : ", and the background"
      throw DatasetError(
        root.path,
        "no mask of the list has a class: all hold only \(ids), whose class is left open"
          + background, "If \(ids) marks the objects, write their class ids instead.")
    }
  }

  private func ambiguity(of ids: [Int]) -> DatasetError {
    func reading(from start: Int) -> String {
      let names = ids.map { id in
        "\(id) is " + (id < start ? "background" : "'\(classes.name(of: UInt8(id - start + 1)))'")
      }
      return "counted from \(start), " + names.joined(separator: " and ")
    }
    return DatasetError(
      root.path,
      "the list of \(classes.names.count) classes does not say whether its ids begin at 0 or 1, and the "
        + "masks, whose ids end at \(ids[ids.count - 1]), fit both: \(reading(from: 0)); "
        + reading(from: 1),
      "Say which, or write it into the list: `id name` lines, or `background` as the first of the "
        + "names if 0 is the background.",
      remedies: [Remedy(.firstClassID, ["0", "1"])])
  }
}
