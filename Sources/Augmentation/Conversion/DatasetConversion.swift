import DurableFiles
import Faults
public import Foundation
import ImageFiles
public import SegmentationDatasets

/// Writes a dataset in another layout, without painting.
///
/// It may be stopped at any moment: the same conversion started again goes on, and ends with the folder that an unbroken
/// one gives. The lists come last.
public struct DatasetConversion: Sendable {
  /// A split that is converted.
  public struct Split: Sendable {
    /// Its name, such as `train`.
    public let name: String
    /// The images that can be used.
    let sources: [AugmentationSource]
    /// How many there are.
    public var count: Int { sources.count }
    /// What is wrong with those that are left out.
    public let skipped: [DatasetProblem]
    let reader: SegmentationDataset.Reader
  }

  /// The splits, in the order in which they are written.
  public let splits: [Split]
  private let root: URL
  private let classes: ClassList
  private let pair: LayoutPair
  private let originals: Originals

  /// Whether there are instances, for which the layout has no place.
  public var losesInstances: Bool {
    pair.to.instancesPath(of: "a", in: "a") == nil
      && splits.contains { $0.sources.contains { $0.entry.instances != nil } }
  }

  /// Reads and checks everything; nothing is written yet.
  ///
  /// - Parameters:
  ///   - datasets: The splits of one dataset, at least one, with one list of classes.
  ///   - layout: What is written.
  ///   - originals: Whether files that stay as they are become copies or links; `nothing` traps.
  ///   - skipsInvalid: Whether to go on without images that cannot be used.
  ///   - check: Called between two files, on any thread; what it throws ends the reading.
  /// - Throws: `DatasetError` with all that is wrong with the files; ``AugmentationError`` for classes that the layout
  ///   has no ids for, and for two images that would be one file.
  public init(
    of datasets: [SegmentationDataset], to layout: any DatasetLayout, originals: Originals = .copy,
    skippingInvalid skipsInvalid: Bool = false, check: @Sendable () throws -> Void = {}
  ) throws {
    precondition(!datasets.isEmpty, "DatasetConversion: no split is no dataset")
    precondition(originals != .nothing, "DatasetConversion: without originals nothing is left")
    (root, classes, self.originals) = (datasets[0].root, datasets[0].classes, originals)
    pair = try LayoutPair(from: datasets[0].layout, to: layout, classes: classes)
    splits = try datasets.map { dataset in
      let scan = try dataset.scan(check: check)
      let skipped = try scan.settle(skippingInvalid: skipsInvalid)
      return Split(
        name: dataset.split,
        sources: dataset.entries.compactMap { entry in
          scan.images[entry.stem].map {
            AugmentationSource(entry, classes: $0.classes, size: $0.size, hashes: $0.hashes)
          }
        }, skipped: skipped, reader: dataset.reader)
    }
    try requireOwnPlaces()
  }

  /// Splits of one folder share its stems, which then must be the same images.
  private func requireOwnPlaces() throws {
    var known: [String: URL] = [:]
    for split in splits {
      for source in split.sources {
        let path = pair.to.maskPath(of: source.stem, in: split.name)
        let other = known.updateValue(source.photograph, forKey: path)
        if let other, other != source.photograph {
          throw AugmentationError(
            .badData,
            "\(source.photograph.path): another split has a photograph of this name, \(other.path), and in "
              + "this layout both would be one file. Rename one of them, or choose a layout with folders."
          )
        }
      }
    }
  }

  /// Writes what is missing.
  ///
  /// - Parameters:
  ///   - output: The folder: new, empty, or of the same conversion.
  ///   - interruption: Ends the writing between two images when somebody asks for it.
  ///   - progress: Called after each image with the number of those done and of all.
  /// - Throws: ``AugmentationError`` for a folder that holds something else, and what reading and writing throw. What
  ///   was finished is kept.
  public func write(
    to output: URL, interruption: Interruption,
    progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    try write(to: output, interruption: interruption, files: Disk(), progress: progress)
  }

  /// The same with another way to the disk, for tests.
  package func write(
    to output: URL, interruption: Interruption, files: any OutputFiles,
    progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    try output.refuse(inside: root)
    let folder = try ConversionFolder(at: output, for: identity, files: files)
    defer { try? folder.clearScratch() }
    let all = splits.reduce(0) { $0 + $1.count }
    var (done, batch) = (0, FileBatch(in: folder))
    for split in splits {
      for source in split.sources {
        try batch.place(
          pair.copies(of: source, in: split.name), SourceReader(read: split.reader), as: originals,
          check: interruption.check)
        done += 1
        progress(done, all)
      }
    }
    try batch.finish()
    if pair.to.ownClasses == nil {
      try folder.placeIfNeeded(classes.fileData(), at: ClassList.file)
    }
    let training = TrainingFiles(
      pair.to, classes, splits: splits.map { .init($0.name) },
      photographs: splits.flatMap { $0.sources.map(\.photograph) })
    for (name, text) in training.files {
      try folder.placeIfNeeded(Data(text.utf8), at: name)
    }
    for split in splits {
      try interruption.check()
      let entries = split.sources.map { pair.entry($0, in: split.name, below: output) }
      try pair.to.index(entries, as: split.name, classes: classes, in: output) {
        try folder.placeIfNeeded($0, at: $1)
      }
    }
  }

  /// What makes two conversions the same one.
  private var identity: ConversionIdentity {
    let digest = splits.map { split in
      [split.name]
        + split.sources.flatMap {
          [$0.stem, $0.hashes.image, $0.hashes.mask, $0.hashes.instances ?? ""]
        }
    }.joined().joined(separator: "\n")
    return ConversionIdentity(
      layout: pair.to.title, from: pair.from.title, dataset: Data(digest.utf8).sha256,
      classes: classes)
  }
}
