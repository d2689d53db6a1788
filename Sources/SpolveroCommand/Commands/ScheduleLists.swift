import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// The lists of a training scheme, in the folder of the run whose images they name.
struct ScheduleLists {
  private let scheme: TrainingScheme
  private let dataset: SegmentationDataset
  private let entries: [String: SegmentationDataset.Entry]

  init(of scheme: TrainingScheme, in root: URL) throws {
    self.scheme = scheme
    dataset = try SegmentationDataset(
      root: root, split: "train", layout: DatasetLayouts.layout(of: root),
      classes: ClassList(ofRunIn: root))
    entries = Dictionary(dataset.entries.map { ($0.stem, $0) }) { first, _ in first }
  }

  /// The stems of all images in the folder.
  var stems: [String] { dataset.entries.map(\.stem) }

  /// The path of an epoch's list below the folder.
  func path(of epoch: Int) -> String { dataset.layout.listPath(of: name(of: epoch)) }

  private func name(of epoch: Int) -> String {
    let digits = String(epoch)
    let zeros = String(repeating: "0", count: max(0, 3 - digits.count))
    return dataset.layout.listName("epoch_\(zeros)\(digits)", in: scheme.rawValue)
  }

  /// Writes the list of an epoch.
  ///
  /// - Returns: How many images it names.
  /// - Throws: `CommandError` for an image that the dataset does not have.
  func write(_ names: [String], of epoch: Int) throws -> Int {
    let images = try names.map { name in
      if let entry = entries[name] { return entry }
      throw CommandError(
        .badData,
        "\(dataset.root.path): '\(name)' is not in the list 'train' of this folder. Schemes need the photographs beside the "
          + "images: --originals copy or a link of 'augment'.")
    }
    try dataset.layout.index(
      images, as: name(of: epoch), classes: dataset.classes, in: dataset.root, write: place)
    return images.count
  }

  /// Writes the program that reads the lists.
  func writeLoader() throws {
    let training = TrainingFiles(
      dataset.layout, dataset.classes, splits: [.init("train")],
      photographs: dataset.entries.map(\.image))
    try place(Data(training.scheduleProgram.utf8), "schedule.py")
  }

  private func place(_ data: Data, _ path: String) throws {
    let file = dataset.root.appending(path: path)
    try makeFolder(file.deletingLastPathComponent())
    try writeAtomically(data, to: file)
  }
}
