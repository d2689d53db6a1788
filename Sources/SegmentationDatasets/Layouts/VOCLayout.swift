import DurableFiles
public import Foundation

/// PASCAL VOC's layout.
///
///     JPEGImages/<stem>.jpg                   the images (.jpeg and .png too, in any case)
///     SegmentationClass/<stem>.png            the masks, one class id a pixel
///     SegmentationObject/<stem>.png           the instances, numbered from 1 in each image, for stems that have them
///     ImageSets/Segmentation/<split>.txt      the stems, one a line
///
/// A line may also be a file's name, with folders or not, when there is an image or mask with its stem, and may have
/// the second column of VOC's lists of one class: lines with -1 are left out.
public struct VOCLayout: DatasetLayout {
  private static let images = "JPEGImages"
  private static let masks = "SegmentationClass"
  private static let instances = "SegmentationObject"
  private static let lists = "ImageSets/Segmentation"

  /// `voc`.
  public let name = "voc"
  /// VOC's own 20 classes.
  public let classes = ClassList.voc

  /// The layout.
  public init() {}

  /// The folder with the images at or below a folder, as archives and programs lay it out: `VOCdevkit/VOC2012` and
  /// the like are looked into.
  public func root(in folder: URL) throws -> URL {
    let years = ["VOC2012", "VOC2007"]
    let inside = [""] + years + years.map { "VOCdevkit/\($0)" }
    let candidates = inside.map { $0.isEmpty ? folder : folder.appending(path: $0) }
    if let root = try candidates.first(where: { try isThere($0.appending(path: Self.images)) }) {
      return root
    }
    throw DatasetError(
      folder.path,
      try isThere(folder) ? "there is no folder \(Self.images)" : "the folder does not exist",
      "Give the folder that holds \(Self.images), \(Self.masks) and \(Self.lists).",
      isMissing: true)
  }

  /// Finds the files of a list.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let pairs = PairedFolders(
      images: try FolderListing(
        root.appending(path: Self.images), extensions: PhotographName.extensions),
      masks: try FolderListing(root.appending(path: Self.masks), extensions: ["png"]),
      instances: try FolderListing(root.appending(path: Self.instances), extensions: ["png"]))
    guard let split else {
      var unpaired: [DatasetProblem] = []
      return pairs.images.stems.compactMap {
        pairs.entry($0, in: root.path, problems: &unpaired)
      }
    }
    let list = SplitList(root.appending(path: listPath(of: split)))
    let stems = try list.stems(knownTo: pairs.knows, problems: &problems)
    return stems.compactMap { pairs.entry($0, in: list.file.path, problems: &problems) }
  }

  /// `JPEGImages/<stem>.<extension>`.
  public func imagePath(of stem: String, pathExtension: String) -> String {
    "\(Self.images)/\(stem).\(pathExtension)"
  }

  /// `SegmentationClass/<stem>.png`.
  public func maskPath(of stem: String) -> String { "\(Self.masks)/\(stem).png" }

  /// `SegmentationObject/<stem>.png`.
  public func instancesPath(of stem: String) -> String? { "\(Self.instances)/\(stem).png" }

  /// `ImageSets/Segmentation/<split>.txt`.
  public func listPath(of split: String) -> String { "\(Self.lists)/\(split).txt" }
}

/// Whether something has this name.
///
/// - Throws: ``DatasetError`` when the system cannot say.
private func isThere(_ url: URL) throws(DatasetError) -> Bool {
  do throws(POSIXError) {
    return try FileStatus(of: url, followingLinks: true) != nil
  } catch {
    throw DatasetError(
      url.path, "this cannot be looked at (\(error.code.text))",
      "Check the disk and the permissions.", isMissing: true)
  }
}
