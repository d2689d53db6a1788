import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// The images of a folder that a command judges.
struct JudgedImages {
  /// An image's file, and what it shall show, if the folder says so.
  struct Entry {
    let file: URL
    /// Names the image in captions and results.
    let stem: String
    /// What the model was asked for.
    var prompt: String?
  }

  let entries: [Entry]

  /// Finds the images: those that an augmentation generated, those of a dataset's split, or all of a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - split: The list of a dataset.
  /// - Throws: `CommandError` for a folder without images, and what reading it throws.
  init(in path: String, split: String) throws {
    let root = try existing(path, "folder")
    if FileManager.default.fileExists(atPath: root.appending(path: LedgerRecord.file).path) {
      entries = try LedgerRecord.all(in: root).map {
        Entry(file: root.appending(path: $0.image), stem: $0.name, prompt: $0.prompt)
      }
    } else if let layout = DatasetLayouts.all.first(where: { (try? $0.root(in: root)) != nil }) {
      let dataset = try SegmentationDataset(root: root, split: split, layout: layout)
      if !dataset.problems.isEmpty { throw DatasetError(dataset.problems) }
      entries = dataset.entries.map { Entry(file: $0.image, stem: $0.stem) }
    } else {
      entries = try Self.images(in: root).map {
        Entry(file: $0, stem: PhotographName.stem(of: $0.path))
      }
    }
    guard !entries.isEmpty else {
      throw CommandError(
        .noInput,
        "\(path): there are no images here. Expected PNG or JPEG files, a dataset, or the output of 'augment'."
      )
    }
  }

  var files: [URL] { entries.map(\.file) }

  private static func images(in folder: URL) throws -> [URL] {
    do throws(POSIXError) {
      return try (namesInFolder(folder) ?? []).filter { name in
        [".png", ".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
      }.map { folder.appending(path: $0) }
    } catch {
      throw CommandError(
        .noInput, "\(folder.path): this is no folder that can be read (\(error.code.text)).")
    }
  }
}
