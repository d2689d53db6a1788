import Dispatch
import ImageFiles
import Synchronization

/// What a dataset's masks hold.
public struct DatasetScan: Sendable {
  /// Each photograph's classes, by stem; neither background nor border.
  public let classes: [String: Set<UInt8>]
  /// How many pixels each id has in all masks together, 256 counts.
  public let pixels: [Int]
}

extension VOCDataset {
  /// Reads every mask, on all cores, and checks it against its photograph's size and the classes.
  ///
  /// - Throws: ``DatasetError`` with the problems of all files together.
  public func scan() throws -> DatasetScan {
    let results = Mutex([Result<[Int], any Error>?](repeating: nil, count: entries.count))
    DispatchQueue.concurrentPerform(iterations: entries.count) { index in
      let result = Result { try histogram(of: entries[index]) }
      results.withLock { $0[index] = result }
    }
    return try summary(results.withLock { $0.compactMap { $0 } })
  }

  private func histogram(of entry: Entry) throws -> [Int] {
    let mask = try LabelImage(contentsOf: entry.mask)
    try check(mask, of: entry, against: ImageSize(ofImageAt: entry.image))
    return mask.histogram()
  }

  private func summary(_ results: [Result<[Int], any Error>]) throws -> DatasetScan {
    var classSets: [String: Set<UInt8>] = [:]
    var pixels = [Int](repeating: 0, count: 256)
    var problems: [String] = []
    for (entry, result) in zip(entries, results) {
      do {
        let counts = try result.get()
        classSets[entry.stem] = Set(classes.ids.filter { counts[Int($0)] > 0 })
        for id in counts.indices { pixels[id] += counts[id] }
      } catch {
        problems.append("\(error)")
      }
    }
    guard problems.isEmpty else { throw DatasetError(problems) }
    return DatasetScan(classes: classSets, pixels: pixels)
  }
}
