import ArgumentParser
import Augmentation
import Faults
import Foundation
import SegmentationDatasets

/// Which photographs of a dataset a command works on.
struct DatasetOptions: ParsableArguments {
  @Option(help: "List of photographs, by its name without extension.")
  var split = "train"

  @OptionGroup
  var reading: ReadingOptions

  /// Whether to go on without what cannot be used.
  var skipInvalid: Bool { reading.skipInvalid }

  /// Finds the dataset's files.
  ///
  /// - Parameter root: The dataset's folder, or one above it.
  func open(_ root: String) throws -> SegmentationDataset {
    let root = try finishedFolder(root)
    let dataset = try reading.dataset(in: root, of: split, reading.found(root))
    ReadingOptions.note(layoutOf: dataset)
    return dataset
  }

  /// Finds the dataset's files or, while an augmentation into the folder is not finished, those that are
  /// there so far.
  func openToLookAt(_ root: String) throws -> SegmentationDataset {
    let url = try existing(root, "folder")
    guard try UnfinishedRun.owns(url) else { return try open(root) }
    let layout = try reading.found(url)
    let dataset = try SegmentationDataset(
      unlistedIn: url, layout: layout, classes: reading.classes.list(layout, url, nil))
    Console.note(
      "\(root): this augmentation is not finished; its \(dataset.entries.count) photographs so far."
    )
    return dataset
  }

  /// Says what is left out, and why.
  static func note(skipped: [DatasetProblem]) {
    if skipped.isEmpty { return }
    Console.note(
      ("Skipped, \(skipped.count) in all:\n" + skipped.map { "- \($0)" }.joined(separator: "\n"))
        .naming(skipped.flatMap(\.remedies)))
  }
}

/// The place of a file or folder that must be there.
///
/// - Throws: `CommandError` when it is not.
func existing(_ path: String, _ kind: String) throws -> URL {
  guard FileManager.default.fileExists(atPath: path) else {
    throw CommandError(.noInput, "\(path): there is no such \(kind). Check the path.")
  }
  return URL(fileURLWithPath: path)
}

/// The place of a dataset's folder, into which no augmentation is going on.
///
/// - Throws: `CommandError` for a folder that is not there or not finished.
func finishedFolder(_ path: String) throws -> URL {
  let root = try existing(path, "folder")
  guard try UnfinishedRun.owns(root) else { return root }
  throw CommandError(
    .badData,
    "\(root.path): the augmentation into this folder is not finished. Give its command again: it "
      + "goes on where it stopped.")
}
