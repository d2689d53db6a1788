public import Foundation

/// PASCAL VOC's layout.
///
///     JPEGImages/<stem>.jpg                   the images (.jpeg and .png too, in any case)
///     SegmentationClass/<stem>.png            the masks, one class id a pixel
///     SegmentationClassAug/<stem>.png         the masks of images without one there: those of SBD, merged
///     SegmentationObject/<stem>.png           the instances, numbered from 1 in each image, for stems that have them
///     ImageSets/Segmentation/<split>.txt      the stems, one a line
///
/// A line may also be a file's name, with folders or not, when there is an image or mask with its stem, and may have
/// the second column of VOC's lists of one class: lines with -1 are left out. A list of classes may stand beside the
/// folders (``ClassList/beside(_:)``), as in what CVAT exports; without one the classes are VOC's.
public struct VOCLayout: DatasetLayout {
  private static let images = "JPEGImages"
  private static let masks = "SegmentationClass"
  private static let moreMasks = "SegmentationClassAug"
  private static let instances = "SegmentationObject"
  private static let lists = "ImageSets/Segmentation"

  /// `voc`.
  public let name = "voc"

  /// Where masks are instead of in the dataset.
  private var otherMasks: URL?

  /// The layout.
  public init() {}

  /// Those of a list in the folder, else VOC's own 20.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    try ClassList.beside(root) ?? .voc
  }

  /// The folder with the images at or below a folder, as archives and programs lay it out: `VOCdevkit/VOC2012` and
  /// the like are looked into.
  public func root(in folder: URL) throws -> URL {
    let years = ["VOC2012", "VOC2007"]
    return try datasetRoot(
      in: folder, or: years + years.map { "VOCdevkit/\($0)" }, with: [Self.images],
      holding: "\(Self.images), \(Self.masks) and \(Self.lists)")
  }

  /// The names of the lists.
  public func splits(in root: URL) throws -> [String] { try SplitList.names(in: root, Self.lists) }

  /// Finds the files of a list.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let pairs = PairedFolders(
      images: try FolderListing(
        root.appending(path: Self.images), extensions: PhotographName.extensions),
      masks: try maskFolders(in: root).map { try FolderListing($0, extensions: ["png"]) },
      instances: try FolderListing(root.appending(path: Self.instances), extensions: ["png"]))
    guard let split else {
      var unpaired: [DatasetProblem] = []
      return pairs.images.stems.compactMap {
        pairs.entry($0, or: "", problems: &unpaired)
      }
    }
    let list = SplitList(root.appending(path: listPath(of: split)))
    let stems = try list.stems(knownTo: pairs.knows, problems: &problems)
    return stems.compactMap {
      pairs.entry($0, or: "take the stem out of \(list.file.path)", problems: &problems)
    }
  }

  private func maskFolders(in root: URL) -> [URL] {
    otherMasks.map { [$0] } ?? [Self.masks, Self.moreMasks].map { root.appending(path: $0) }
  }

  /// The layout with masks of another folder alone.
  public func labelled(in folder: URL) -> any DatasetLayout {
    var copy = self
    copy.otherMasks = folder
    return copy
  }

  /// `JPEGImages/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(Self.images)/\(stem).\(pathExtension)"
  }

  /// `SegmentationClass/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String { "\(Self.masks)/\(stem).png" }

  /// `SegmentationObject/<stem>.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "\(Self.instances)/\(stem).png"
  }

  /// `ImageSets/Segmentation/<split>.txt`.
  public func listPath(of split: String) -> String { "\(Self.lists)/\(split).txt" }
}
