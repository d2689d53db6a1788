import Dispatch
import Foundation
public import ImageFiles
import Synchronization

extension SegmentationDataset {
  /// Reads every photograph and mask, on all cores, and checks them against each other and the classes.
  ///
  /// - Parameters:
  ///   - requirement: What else a photograph of this upright size must fulfil; it throws ``DatasetError``.
  ///   - findsInstances: Whether it is found where each instance is.
  ///   - trustsImages: Whether photographs are known to be whole, so that of each the size alone is read.
  ///   - check: Called between two files, on any thread; what it throws ends the scan.
  /// - Returns: What the files hold, with the problems of those that cannot be used.
  /// - Throws: ``DatasetError`` when ids do not tell their classes, or no mask has any; what `check`
  ///   throws.
  public func scan(
    requiring requirement: @Sendable (Entry, ImageSize) throws(DatasetError) -> Void = { _, _ in },
    findingInstances findsInstances: Bool = false, trustingImages trustsImages: Bool = false,
    check: @Sendable () throws -> Void = {}
  ) throws -> DatasetScan {
    let scan = summary(try read(requirement, findsInstances, trustsImages, check))
    try checkCount(scan)
    return scan
  }

  private func read(
    _ requirement: @Sendable (Entry, ImageSize) throws(DatasetError) -> Void,
    _ findsInstances: Bool, _ trustsImages: Bool, _ check: @Sendable () throws -> Void
  ) throws -> [Result<Contents, DatasetError>] {
    let results = Mutex([Result<Contents, DatasetError>?](repeating: nil, count: entries.count))
    let stop = Mutex((any Error)?.none)
    DispatchQueue.concurrentPerform(iterations: entries.count) { index in
      guard stop.withLock({ $0 == nil }) else { return }
      do { try check() } catch { return stop.withLock { $0 = error } }
      let result = Result { () throws(DatasetError) in
        try contents(of: entries[index], requirement, findsInstances, trustsImages)
      }
      results.withLock { $0[index] = result }
    }
    if let error = stop.withLock({ $0 }) { throw error }
    try check()
    return results.withLock { $0.compactMap { $0 } }
  }

  /// What a photograph and its mask tell.
  private struct Contents {
    let size: ImageSize
    let hashes: EntryHashes
    /// Where each id is in the mask.
    let extents: [UInt8: ClassExtent]
    /// Where each instance is, if that was asked for.
    let instances: [InstanceExtent]
    /// What is unusual about the photograph's file.
    let warnings: [String]
  }

  private func contents(
    of entry: Entry, _ requirement: (Entry, ImageSize) throws(DatasetError) -> Void,
    _ findsInstances: Bool, _ trustsImages: Bool
  ) throws(DatasetError) -> Contents {
    var warnings: [String] = []
    let loaded = try load(entry) { data throws(ImageError) in
      let name = entry.image.path
      return trustsImages
        ? ((), try ImageSize(decoding: data, name: name))
        : ((), try Image(decoding: data, name: name) { warnings.append($0) }.size)
    }
    try requirement(entry, loaded.size)
    let instances = findsInstances ? loaded.instances : nil
    return Contents(
      size: loaded.size, hashes: loaded.hashes, extents: ClassExtent.all(in: loaded.mask),
      instances: instances.map {
        InstanceExtent.all(in: $0, of: loaded.mask, encoding: classes.encoding)
      } ?? [],
      warnings: warnings)
  }

  private func summary(_ results: [Result<Contents, DatasetError>]) -> DatasetScan {
    var images: [String: DatasetScan.ScannedImage] = [:]
    var pixels = [Int](repeating: 0, count: 256)
    var problems = problems
    var openStems: [String] = []
    var warnings: [String] = []
    for (entry, result) in zip(entries, results) {
      do {
        let contents = try result.get()
        warnings += contents.warnings
        let ids = Set(contents.extents.keys)
        let labels = classes.labels(among: ids)
        images[entry.stem] = DatasetScan.ScannedImage(
          extents: contents.extents.filter { labels.contains($0.key) }, size: contents.size,
          hashes: contents.hashes, instances: contents.instances)
        if labels.isEmpty && !ids.isDisjoint(with: classes.ignored) { openStems.append(entry.stem) }
        for (id, extent) in contents.extents { pixels[Int(id)] += extent.pixels }
      } catch {
        problems += error.problems
      }
    }
    return DatasetScan(
      images: images, pixels: pixels, problems: problems, openStems: openStems,
      ignored: classes.ignored, warnings: warnings)
  }
}
