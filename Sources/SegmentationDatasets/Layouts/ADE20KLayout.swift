public import Foundation

/// ADE20K's layout of the scene parsing benchmark; the folders of the splits `train` and `val` are `training` and
/// `validation`.
///
///     images/<folder>/<stem>.jpg         the images
///     annotations/<folder>/<stem>.png    the masks, 1 wall to 150 flag
///     splits/<split>.txt                 lists of stems, where there are some
public struct ADE20KLayout: DatasetLayout, SplitFolderLayout {
  /// `ade20k`.
  public let name = "ade20k"
  /// Nothing is background: 0 is everything beyond the classes, and left open.
  public let encoding = ClassList.ade20k.encoding
  /// `images` and `annotations`.
  public let folders = PlainSplitFolders(
    images: "images", masks: "annotations", folderNames: ["train": "training", "val": "validation"])

  /// The layout.
  public init() {}

  /// ADE20K's 150.
  public var ownClasses: ClassList? { .ade20k }

  /// The folder with the images, at a folder or in its `ADEChallengeData2016`.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, or: ["ADEChallengeData2016"], with: ["images/training", "images/validation"],
      holding: "images/training and annotations/training")
  }
}
