public import Foundation

/// BDD100K's layout of semantic segmentation.
///
///     images/10k/<split>/<stem>.jpg              the images
///     labels/sem_seg/masks/<split>/<stem>.png    the masks, with Cityscapes' train ids
///     splits/<split>.txt                         lists of stems, where there are some
public struct BDD100KLayout: DatasetLayout, SplitFolderLayout {
  /// `bdd100k`.
  public let name = "bdd100k"
  /// Nothing is background.
  public let encoding = ClassList.cityscapes.encoding
  /// `images/10k` and `labels/sem_seg/masks`.
  public let folders = PlainSplitFolders(images: "images/10k", masks: "labels/sem_seg/masks")

  /// The layout.
  public init() {}

  /// Cityscapes' train ids.
  public var ownClasses: ClassList? { .cityscapes }

  /// The folder with the images, at a folder or in its `bdd100k`.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, or: ["bdd100k"], with: ["images/10k"],
      holding: "images/10k and labels/sem_seg/masks")
  }
}
