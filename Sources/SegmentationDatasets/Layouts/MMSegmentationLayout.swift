public import Foundation

/// The layout of MMSegmentation's own datasets.
///
///     img_dir/<split>/<stem>.jpg    the images
///     ann_dir/<split>/<stem>.png    the masks, one class id a pixel
///     splits/<split>.txt            lists of stems, where there are some
///     classes.json                  what the ids mean (``ClassList/beside(_:encoding:)``)
public struct MMSegmentationLayout: DatasetLayout, SplitFolderLayout {
  /// `mmsegmentation`.
  public let name = "mmsegmentation"
  /// `img_dir` and `ann_dir`.
  public let folders = PlainSplitFolders(images: "img_dir", masks: "ann_dir")

  /// The layout.
  public init() {}

  /// Those of a list in the folder.
  public func classes(in root: URL, of split: String?) throws -> ClassList? { try .beside(root) }

  /// Writes the list, after what the ids mean.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(classes.fileData(), ClassList.file)
    try write(list(of: images), listPath(of: split))
  }

  /// The folder with the images.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(in: folder, with: ["img_dir"], holding: "img_dir and ann_dir")
  }
}
