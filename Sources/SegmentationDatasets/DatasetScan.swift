public import ImageFiles

/// What a dataset's photographs and masks hold.
public struct DatasetScan: Sendable {
  /// What is known of a photograph once it has been read.
  public struct ScannedImage: Sendable, Equatable {
    /// The classes in its mask, and where they are; neither background nor ignored ids.
    public let extents: [UInt8: ClassExtent]
    /// Its upright size.
    public let size: ImageSize
    /// SHA-256 of its files, as they were then.
    public let hashes: EntryHashes
    /// Its instances, in the order of their numbers; empty where nobody asked for them.
    public let instances: [InstanceExtent]

    /// The classes in its mask.
    public var classes: Set<UInt8> { Set(extents.keys) }
  }

  /// The photographs that can be used, by stem.
  public let images: [String: ScannedImage]
  /// How many pixels each id has in their masks together, 256 counts.
  public let pixels: [Int]
  /// What is wrong with the list, then with the others' files, in the order of the list.
  public let problems: [DatasetProblem]
  /// The stems of masks that hold ignored ids but no class, in the order of the list.
  let openStems: [String]
  /// The ids whose class is left open.
  let ignored: Set<UInt8>
  /// What is unusual about photographs that have every pixel, in the order of the list.
  let warnings: [String]

  /// The classes of each photograph that can be used, by stem; neither background nor ignored ids.
  public var classes: [String: Set<UInt8>] { images.mapValues(\.classes) }

  /// What may surprise the user, a sentence each.
  public var notices: [String] {
    let shown = 3
    let more = warnings.count - shown
    return warnings.prefix(shown)
      + (more > 0 ? ["\(more) more photographs break their format, too."] : []) + openNotices
  }

  private var openNotices: [String] {
    guard !openStems.isEmpty else { return [] }
    let names = openStems.prefix(3).joined(separator: ", ") + (openStems.count > 3 ? ", …" : "")
    let ids = ignored.sorted().map(String.init).joined(separator: ", ")
    return [
      "\(openStems.count) of \(images.count) masks leave all classes open (\(ids)) and count as "
        + "photographs without classes: \(names). If \(ids) marks an object, write its class id instead."
    ]
  }

  /// Decides about photographs that cannot be used.
  ///
  /// - Parameter skips: Whether to go on without them.
  /// - Returns: Those that are skipped.
  /// - Throws: ``DatasetError`` with all problems, when they must not be skipped or nothing is left.
  public func settle(skippingInvalid skips: Bool) throws -> [DatasetProblem] {
    if !problems.isEmpty && (!skips || images.isEmpty) { throw DatasetError(problems) }
    return problems
  }
}
