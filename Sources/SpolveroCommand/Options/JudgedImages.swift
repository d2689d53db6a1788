import Augmentation
import Faults
import Foundation
import SegmentationDatasets

/// The images of a folder that a command judges.
struct JudgedImages {
  /// An image's file, and what it shall show, if the folder says so.
  struct Entry {
    let file: URL
    /// Names the image in captions and results.
    let stem: String
    /// Where its labels are, if there are some.
    var mask: LabelSource?
    /// What the model was asked for.
    var prompt: String?
    /// Where its instances are, if there are some.
    var instances: LabelSource?
    /// The instance that it is about; nil for the whole image.
    var part: Part?
  }

  /// An instance of an image, and the box around it.
  struct Part {
    let number: UInt8
    let x, y, width, height: Int
  }

  var entries: [Entry]
  let root: URL
  /// Where a dataset or an augmentation has its files; nil for a folder of images.
  let layout: (any DatasetLayout)?
  /// Whether an augmentation has made them.
  let areGenerated: Bool

  /// Finds the images: those that an augmentation generated, those of a dataset's split, or all of a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - split: The list of a dataset.
  /// - Throws: `CommandError` for a folder without images, and what reading it throws.
  init(in path: String, split: String) throws {
    let root = try existing(path, "folder")
    self.root = root
    areGenerated = FileManager.default.fileExists(
      atPath: root.appending(path: LedgerRecord.file).path)
    if areGenerated {
      layout = DatasetLayouts.layout(of: root)
      entries = try LedgerRecord.all(in: root).map {
        Entry(
          file: root.appending(path: $0.image), stem: $0.name,
          mask: .file(root.appending(path: $0.mask)),
          prompt: $0.prompt)
      }
      return
    }
    switch try ImageFolder(root) {
    case .dataset(let layout):
      self.layout = layout
      entries = try SegmentationDataset(soundIn: root, split: split, layout).entries.map {
        Entry(file: $0.image, stem: $0.stem, mask: $0.mask, instances: $0.instances)
      }
    case .images(let files):
      layout = nil
      entries = files.map { Entry(file: $0, stem: PhotographName.stem(of: $0.path)) }
    }
  }

  /// Each file once.
  var files: [URL] {
    var known: Set<URL> = []
    return entries.map(\.file).filter { known.insert($0).inserted }
  }
}

extension SegmentationDataset {
  /// Finds the files of a split whose labels are not read.
  ///
  /// - Throws: `DatasetError` for files that are missing too.
  init(soundIn root: URL, split: String, _ layout: any DatasetLayout) throws {
    try self.init(root: root, split: split, layout: layout)
    if !problems.isEmpty { throw DatasetError(problems) }
  }
}
