import ArgumentParser
import Foundation
import SegmentationDatasets

/// Which photographs of a dataset a command works on.
struct DatasetOptions: ParsableArguments {
  @Option(help: "List of photographs: ImageSets/Segmentation/<split>.txt.")
  var split = "train"

  @Option(help: "File with the names of the classes, one a line. (default: those of PASCAL VOC)")
  var classes: String?

  /// Finds the dataset's files.
  ///
  /// - Parameter root: The folder that holds `JPEGImages`, or one above it.
  func open(_ root: String) throws -> VOCDataset {
    try VOCDataset(
      root: existing(root, "folder"), split: split,
      classes: classes.map { try ClassList(contentsOf: existing($0, "file")) } ?? .voc)
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
