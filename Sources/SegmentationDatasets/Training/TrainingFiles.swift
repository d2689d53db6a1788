public import Foundation
import ImageFiles

/// What other programs need to train on a dataset that is written: a configuration of MMSegmentation 1.x, and a `Dataset`
/// of PyTorch.
public struct TrainingFiles {
  /// A list of images, and the split whose folders they are in.
  public struct Split: Sendable {
    let name, folder: String

    /// Names a split; `folder` is nil for its own.
    public init(_ name: String, in folder: String? = nil) {
      (self.name, self.folder) = (name, folder ?? name)
    }
  }

  let layout: any DatasetLayout
  let classes: ClassList
  let splits: [Split]
  /// The extensions of the photographs.
  let extensions: [String]

  /// Describes a dataset.
  ///
  /// - Parameters:
  ///   - splits: Its splits, at least one: `train` is trained on, or the first, and `val` judged by.
  ///   - photographs: All photographs.
  public init(
    _ layout: any DatasetLayout, _ classes: ClassList, splits: [Split], photographs: [URL]
  ) {
    precondition(!splits.isEmpty, "TrainingFiles: without a split there is nothing to train on")
    (self.layout, self.classes, self.splits) = (layout, classes, splits)
    extensions = Set(photographs.map(\.pathExtension)).sorted()
  }

  /// The files by their names in the dataset's folder. There is no configuration where MMSegmentation could not follow it:
  /// photographs of several extensions, or ids that are left open beside 255 and, below all classes, 0.
  public var files: [String: String] {
    var files = ["dataset.py": program]
    if extensions.count == 1, let reducesZero {
      files["mmsegmentation.py"] = configuration(extensions[0], reducesZero: reducesZero)
    }
    return files
  }

  /// Whether MMSegmentation has to leave 0 open and count the classes from 1; nil where that would not do.
  private var reducesZero: Bool? {
    switch classes.ignored.subtracting([255]) {
    case []: false
    case [0]: true
    default: nil
    }
  }

  var training: Split { splits.first { $0.name == "train" } ?? splits[0] }

  /// What stands before and after a list's line in a path.
  func parts(_ path: (_ stem: String) -> String) -> (folder: String, end: String) {
    let stem = "a stem"
    let parts = path(stem).split(separator: layout.listLine(of: stem), maxSplits: 1)
    return (String(parts[0]), String(parts[1]))
  }

  func images(_ split: Split, _ pathExtension: String) -> (folder: String, end: String) {
    parts { layout.imagePath(of: $0, in: split.folder, pathExtension: pathExtension) }
  }

  func masks(_ split: Split) -> (folder: String, end: String) {
    parts { layout.maskPath(of: $0, in: split.folder) }
  }

  /// A string as Python writes it; JSON's are that too.
  static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: (try? encoder.encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
  }
}
