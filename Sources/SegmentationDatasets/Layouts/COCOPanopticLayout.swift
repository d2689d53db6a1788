public import Foundation

/// COCO's layout of panoptic segments: a colour a segment, and one file a split that says what they are.
///
///     annotations/panoptic_<split>.json           images, segments and categories; also with a year, `train2017`
///     annotations/panoptic_<split>/<stem>.png     segments by red + 256 · green + 65536 · blue; 0 is left open
///     <split>/<stem>.jpg                          the images; also in images/<split> or in images
///
/// Things are instances; crowds of them have a class and are no instance. This program numbers a segment class · 1000 and,
/// for things, the instance.
public struct COCOPanopticLayout: DatasetLayout {
  private static let prefix = "panoptic_"
  private let folder: COCOFolder?

  /// `coco-panoptic`.
  public let name = "coco-panoptic"
  /// Nothing is background.
  public let encoding = LabelEncoding(background: nil, ignored: [255])

  /// No: its datasets are written as `coco`.
  public let isWritten = false

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: COCOFolder) { self.folder = folder }

  /// The file's categories.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    try folder(in: root).classes(of: split, encoding: encoding)
  }

  /// The folder with the annotations, at a folder or in its `coco`.
  public func root(in folder: URL) throws -> URL {
    try cocoRoot(in: folder, expecting: "annotations/panoptic_train.json, say") {
      try !COCOFolder($0, prefix: Self.prefix, others: false).files.isEmpty
    }
  }

  /// The same with the files that it has found.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    COCOPanopticLayout(try folder(in: root))
  }

  private func folder(in root: URL) throws -> COCOFolder {
    if let folder, folder.root == root { return folder }
    return try COCOFolder(root, prefix: Self.prefix, others: false)
  }

  /// The names of the files, without their year.
  public func splits(in root: URL) throws -> [String] { try folder(in: root).splits }

  /// Finds the photographs and segments of a file.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let folder = try folder(in: root)
    return try folder.names(of: split).flatMap { name in
      let (file, url) = try folder.annotations(of: name)
      let segments = COCOSegments(
        file, at: url, classes: try COCOClasses(file, at: url, encoding: encoding),
        folders: ([name] + folder.files.keys.sorted()).flatMap {
          ["annotations/\(Self.prefix)\($0)", "\(Self.prefix)\($0)", "annotations/\($0)"]
        }.map { root.appending(path: $0) })
      let images = COCOImages(file: file, url: url, photograph: folder.photographs(of: name))
      return try images.entries(problems: &problems, labels: segments.labels)
    }
  }

  /// `<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/\(stem).\(pathExtension)"
  }

  /// `annotations/panoptic_<split>/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "annotations/\(Self.prefix)\(split)/\(stem).png"
  }

  /// nil: the segments are in the mask.
  public func instancesPath(of stem: String, in split: String) -> String? { nil }

  /// `annotations/panoptic_<split>.json`.
  public func listPath(of split: String) -> String { "annotations/\(Self.prefix)\(split).json" }
}
