public import Foundation
import ImageFiles

/// YOLO's layout of segmentation: a text file of outlines for each image, as Ultralytics trains on it.
///
///     images/<split>/<stem>.jpg    the images; also <split>/images, as Roboflow exports
///     labels/<split>/<stem>.txt    an object a line: class, from 0, then x and y of its corners as shares of the sides
///     data.yaml                    the classes, under `names`
///
/// An image without a file has no objects. In masks 0 is background and classes count from 1; the smaller object is in front,
/// and outlines are filled by the rule of pycocotools.
public struct YOLOLayout: DatasetLayout {
  /// `yolo`.
  public let name = "yolo"
  /// No: outlines do not hold masks exactly.
  public let isWritten = false

  /// The layout.
  public init() {}

  /// The names of data.yaml, from 1.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    let names = try YAMLNames(contentsOf: root.appending(path: "data.yaml")).names
    guard (names.keys.max() ?? 0) < 254 else {
      throw DatasetError(root.path, "data.yaml has more than 254 classes", "A mask has no room.")
    }
    return ClassList(
      names: Dictionary(uniqueKeysWithValues: names.map { (UInt8($0 + 1), $1) }))
  }

  /// The folder with data.yaml.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, with: ["data.yaml"], holding: "data.yaml, images and labels", isFolder: false)
  }

  /// The folders of photographs.
  public func splits(in root: URL) throws -> [String] {
    let beside = try SplitFolders.names(in: root).filter {
      root.appending(path: "\($0)/images").hasDirectory
    }
    return try beside + SplitFolders.names(in: root.appending(path: "images"))
  }

  /// Reads the outlines of a split, and the sizes of its photographs.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    guard let split else {
      return try splits(in: root).flatMap { try entries(of: $0, in: root, problems: &problems) }
    }
    let names = split == "val" ? ["val", "valid"] : [split]
    let places = names.flatMap {
      [("images/\($0)", "labels/\($0)"), ("\($0)/images", "\($0)/labels")]
    }
    guard let (images, labels) = places.first(where: { root.appending(path: $0.0).hasDirectory })
    else {
      throw DatasetError(
        root.path, "there is no folder images/\(split)",
        "There are: " + (try splits(in: root)).joined(separator: ", "), isMissing: true)
    }
    let photographs = try FolderListing(
      root.appending(path: images), extensions: PhotographName.extensions)
    let files = try FolderListing(root.appending(path: labels), extensions: ["txt"])
    let classes = try classes(in: root, of: split)?.names ?? [:]
    guard !photographs.stems.isEmpty else {
      throw DatasetError(
        photographs.folder.path, "there is no photograph in this split's folder",
        "Add photographs, JPEG or PNG.")
    }
    return photographs.stems.compactMap { stem in
      guard let image = photographs[stem] else { return nil }
      do throws(DatasetError) {
        let outlines = YOLOOutlines(file: files[stem] ?? photographs.folder, classes: classes)
        let objects = try files[stem] == nil ? [] : outlines.objects(stem, size(of: image, stem))
        return try entry(stem, image, objects, files[stem])
      } catch {
        problems += error.problems
        return nil
      }
    }
  }

  private func size(of image: URL, _ stem: String) throws(DatasetError) -> ImageSize {
    do throws(ImageError) { return try ImageSize(ofImageAt: image) } catch {
      throw DatasetError([DatasetProblem(error, stem: stem)])
    }
  }

  private func entry(
    _ stem: String, _ image: URL, _ objects: [YOLOOutlines.Object], _ file: URL?
  ) throws(DatasetError) -> SegmentationDataset.Entry {
    let size = try size(of: image, stem)
    func drawn(_ id: (YOLOOutlines.Object) -> UInt8) -> LabelSource {
      .shapes(
        DrawnLabels(size: size, objects: objects.map { .init($0.shape, id: id($0)) }),
        in: file ?? image)
    }
    return SegmentationDataset.Entry(
      stem: stem, image: image, mask: drawn(\.id),
      instances: objects.isEmpty ? nil : drawn(\.instance))
  }

  /// `images/<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "images/\(split)/\(stem).\(pathExtension)"
  }

  /// `labels/<split>/<stem>.txt`.
  public func maskPath(of stem: String, in split: String) -> String {
    "labels/\(split)/\(stem).txt"
  }

  /// nil: the objects are in the mask's file.
  public func instancesPath(of stem: String, in split: String) -> String? { nil }

  /// `<split>.txt`.
  public func listPath(of split: String) -> String { "\(split).txt" }
}
