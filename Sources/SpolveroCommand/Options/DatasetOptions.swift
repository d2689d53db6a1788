import ArgumentParser
import Augmentation
import Faults
import Foundation
import SegmentationDatasets

/// Which photographs of a dataset a command works on.
struct DatasetOptions: ParsableArguments {
  @Option(help: "List of photographs: ImageSets/Segmentation/<split>.txt.")
  var split = "train"

  @Option(
    help: "File with the names of the classes, one a line. (default: those of PASCAL VOC)",
    completion: .file())
  var classes: String?

  @Option(
    help: """
      Id of the first name in --classes, 0 or 1, if that is a plain list of names: 0 where 0 is a class, \
      as in Cityscapes' train ids.
      """)
  var firstClassId: Int?

  @Flag(
    help: """
      Go on without photographs and masks that are missing, damaged or unfit, and say which; 'augment' \
      lists them in skipped.jsonl.
      """)
  var skipInvalid = false

  func validate() throws {
    if let firstClassId, classes == nil || !(0...1).contains(firstClassId) {
      throw ValidationError("--first-class-id must be 0 or 1 and belongs to --classes FILE.")
    }
  }

  /// Finds the dataset's files.
  ///
  /// - Parameter root: The folder that holds `JPEGImages`, or one above it.
  func open(_ root: String) throws -> VOCDataset {
    let root = try existing(root, "folder")
    if UnfinishedRun.owns(root) {
      throw CommandError(
        .badData,
        "\(root.path): the augmentation into this folder is not finished. Give its command again: it "
          + "goes on where it stopped.")
    }
    return try VOCDataset(root: root, split: split, classes: classList())
  }

  /// Finds the dataset's files or, while an augmentation into the folder is not finished, those that are
  /// there so far.
  func openToLookAt(_ root: String) throws -> VOCDataset {
    let url = try existing(root, "folder")
    guard UnfinishedRun.owns(url) else { return try open(root) }
    let dataset = try VOCDataset(unlistedIn: url, classes: classList())
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

  private func classList() throws -> ClassList {
    try classes.map { try ClassList(contentsOf: existing($0, "file"), firstID: firstClassId) }
      ?? .voc
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
