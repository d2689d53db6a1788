import Dispatch
import DurableFiles
import Foundation

/// Puts finished images into a run's folder beside the painting of the next ones: encoded, hashed, and on the disk.
///
/// Images are filed one at a time and come out in the order in which they went in. Lines of the ledger are the caller's,
/// who writes one when its files are there.
final class ImageFiling {
  /// An image whose files are in their places.
  struct Filed: Sendable {
    /// Its place in the plan.
    let index: Int
    /// Its line in the ledger.
    let record: LedgerRecord
  }

  private let folder: OutputFolder
  private let format: AugmentationSettings.ImageFormat
  private let queue = DispatchQueue(label: "spolvero.filing")
  private var tasks: [BackgroundTask<Filed>] = []

  init(into folder: OutputFolder, as format: AugmentationSettings.ImageFormat) {
    (self.folder, self.format) = (folder, format)
  }

  /// Begins to file an image.
  ///
  /// - Parameter record: Its line in the ledger, but for the hashes of its files.
  func add(_ output: RecipeOutput, as record: LedgerRecord, at index: Int) {
    tasks.append(
      BackgroundTask(on: queue) { [folder, format] in
        Filed(index: index, record: try folder.place(output, as: record, in: format))
      })
  }

  /// The next image whose files are in their places; nil where none is yet, or none is left.
  ///
  /// - Parameter isAwaited: Whether to wait for it.
  /// - Throws: What kept its files from their places.
  func next(isAwaited: Bool) throws -> Filed? {
    guard let first = tasks.first, isAwaited || first.isFinished else { return nil }
    tasks.removeFirst()
    return try first.value()
  }
}

extension OutputFolder {
  /// Puts an image's files in their places.
  ///
  /// - Returns: Its line in the ledger, whole.
  fileprivate func place(
    _ output: RecipeOutput, as expected: LedgerRecord, in format: AugmentationSettings.ImageFormat
  ) throws -> LedgerRecord {
    var record = expected
    let data = try format.data(of: output.image)
    (record.imageSHA256, record.maskSHA256) = (data.sha256, output.mask.sha256)
    if output.instances == nil { record.instances = nil }
    record.instancesSHA256 = record.instances.flatMap { _ in output.instances?.sha256 }
    try place(data, at: record.image)
    try place(output.mask, at: record.mask)
    if let instances = output.instances, let path = record.instances {
      try place(instances, at: path)
    }
    return record
  }
}
