import Augmentation
import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

/// The images that a command line names for captions, and the classes that are known to be in them.
struct CaptionedImages {
  let sources: [Captioning.Source]
  /// The words for the labelled classes of a dataset's image, by its name; nil for images without labels.
  private(set) var classes: [String: [String]]?
  private var scan: DatasetScan?
  private var skipsInvalid = false

  /// - Parameters:
  ///   - paths: A dataset's folder, a folder of images, or images.
  ///   - options: Which of a dataset's images.
  init(_ paths: [String], _ options: DatasetOptions) throws {
    guard paths.count == 1, let folder = try Self.folder(paths[0]) else {
      let places = try paths.map { path in
        if try Self.folder(path) != nil {
          throw CommandError(
            .request, "\(path): this is a folder. Name one folder, or images.")
        }
        return try existing(path, "file")
      }
      self.init(zip(paths, places).map { Captioning.Source(name: $0, url: $1) })
      return
    }
    if case .images(let files) = try ImageFolder(folder) {
      self.init(files.map { Captioning.Source(name: $0.lastPathComponent, url: $0) })
      return
    }
    let dataset = try options.openToLookAt(paths[0])
    self.init(of: dataset)
    let scan = try dataset.scan(check: StopSignals.check)
    classes = Dictionary(
      dataset.entries.map { entry in
        let ids = (scan.images[entry.stem]?.classes ?? []).sorted()
        return (entry.image.lastPathComponent, ids.map { dataset.classes.words(for: $0) })
      }
    ) { first, _ in first }
    (self.scan, skipsInvalid) = (scan, options.skipInvalid)
  }

  /// - Parameter sources: Images without labels; of several with one name the first counts.
  private init(_ sources: [Captioning.Source]) {
    var names: Set<String> = []
    self.sources = sources.filter { names.insert($0.name).inserted }
  }

  /// - Parameter dataset: Whose labels do not count.
  init(of dataset: SegmentationDataset) {
    sources = dataset.entries.map {
      Captioning.Source(name: $0.image.lastPathComponent, url: $0.image)
    }
  }

  /// Names what is wrong with the dataset's files.
  ///
  /// - Throws: `DatasetError` then, unless it is to be passed over.
  func requireSound() throws {
    guard let scan else { return }
    DatasetOptions.note(skipped: try scan.settle(skippingInvalid: skipsInvalid))
  }

  private static func folder(_ path: String) throws -> URL? {
    let url = try existing(path, "file or folder")
    return try FileStatus(of: url, followingLinks: true)?.kind == .folder ? url : nil
  }
}
