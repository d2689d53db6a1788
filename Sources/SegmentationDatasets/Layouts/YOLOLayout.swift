public import Foundation
import ImageFiles

/// YOLO's layout of segmentation: a text file of outlines for each image, as Ultralytics trains on it.
///
///     images/<split>/<stem>.jpg    the images; also <split>/images, as Roboflow exports
///     labels/<split>/<stem>.txt    an object a line: class, from 0, then x and y of its corners as shares of the sides
///     data.yaml                    the classes, under `names`
///
/// An image without a file has no objects. In masks 0 is background and classes count from 1, or are those of a list in the
/// folder with these names; the smaller object is in front, and outlines are filled by the rule of pycocotools.
public struct YOLOLayout: DatasetLayout, AnnotationLayout {
  private static let names = "data.yaml"
  /// The list whose ids the classes get.
  public var list: ClassList?

  /// `yolo`.
  public let name = "yolo"
  /// The file and the folders.
  public let contents = "data.yaml, images and labels"

  /// The layout.
  public init() {}

  /// Whether a folder has data.yaml.
  public func hasAnnotations(in root: URL) throws -> Bool {
    try isThere(root.appending(path: Self.names))
  }

  /// The names of data.yaml.
  public func labelNames(in root: URL) throws -> LabelNames {
    let file = root.appending(path: Self.names)
    let names = try YAMLNames(contentsOf: file).names
    return try LabelNames(names.sorted { $0.key < $1.key }.map(\.value), at: file.path)
  }

  /// The folders of photographs.
  public func annotatedSplits(in root: URL) throws -> [String] {
    guard try hasAnnotations(in: root) else { return [] }
    let beside = try SplitFolders.names(in: root).filter {
      root.appending(path: "\($0)/images").hasDirectory
    }
    let names = try beside + SplitFolders.names(in: root.appending(path: "images"))
    return Set(names.map(SplitNames.split(ofSubset:))).sorted()
  }

  /// Reads the outlines of a split, and the sizes of its photographs.
  public func annotated(
    _ split: String, in root: URL, _ labels: LabelNames, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let names = split == "val" ? ["val", "valid", "validation"] : [split]
    let places = names.flatMap {
      [("images/\($0)", "labels/\($0)"), ("\($0)/images", "\($0)/labels")]
    }
    guard let (images, outlines) = places.first(where: { root.appending(path: $0.0).hasDirectory })
    else { return [] }
    let photographs = try FolderListing(
      root.appending(path: images), extensions: PhotographName.extensions)
    let files = try FolderListing(root.appending(path: outlines), extensions: ["txt"])
    let classes = try YAMLNames(contentsOf: root.appending(path: Self.names)).names
    guard !photographs.stems.isEmpty else {
      throw DatasetError(
        photographs.folder.path, "there is no photograph in this split's folder",
        "Add photographs, JPEG or PNG.")
    }
    return photographs.stems.compactMap { stem in
      guard let image = photographs[stem] else { return nil }
      do throws(DatasetError) {
        return try entry(
          stem, image, files[stem].map { YOLOOutlines(file: $0, classes: classes, labels: labels) },
          labels)
      } catch {
        problems += error.problems
        return nil
      }
    }
  }

  private func entry(
    _ stem: String, _ image: URL, _ outlines: YOLOOutlines?, _ labels: LabelNames
  ) throws(DatasetError) -> SegmentationDataset.Entry {
    let size = try photographSize(image, stem)
    let file = outlines?.file ?? image
    let drawn = try (outlines?.objects(stem, size) ?? [])
      .labels(on: size, labels.classes, of: stem, file.path, in: file)
    return SegmentationDataset.Entry(
      stem: stem, image: image, mask: drawn.mask, instances: drawn.instances)
  }

  /// `images/<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "images/\(split)/\(stem).\(pathExtension)"
  }

  /// A file of outlines for each image, and the classes.
  public func annotations(
    of images: [SegmentationDataset.Entry], in split: String, _ classes: ClassList
  ) throws -> [String: Data] {
    let writer = YOLOWriter(classes)
    var files = [Self.names: writer.names]
    for image in images {
      files["labels/\(split)/\(image.stem).txt"] = try writer.outlines(of: image)
    }
    return files
  }
}
