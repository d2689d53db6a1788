public import Foundation

/// COCO's layout of panoptic segments: a colour a segment, and one file a split that says what they are.
///
///     annotations/panoptic_<split>.json           images, segments and categories; also with a year, `train2017`
///     annotations/panoptic_<split>/<stem>.png     segments by red + 256 · green + 65536 · blue; 0 is left open
///     <split>/<stem>.jpg                          the images; also in images/<split> or in images
///
/// Things are instances; crowds of them have a class and are no instance. This program's own datasets also have the label
/// images, `coco-panoptic-masks/<split>/<stem>.png` and `coco-panoptic-objects/<split>/<stem>.png`, which are read then, and
/// classes.json.
public struct COCOPanopticLayout: DatasetLayout {
  private static let (prefix, masks) = ("panoptic_", "coco-panoptic-masks")
  private let folder: COCOFolder?

  /// `coco-panoptic`.
  public let name = "coco-panoptic"
  /// Nothing is background.
  public let encoding = LabelEncoding(background: nil, ignored: [255])

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: COCOFolder) { self.folder = folder }

  /// The file's categories, or what classes.json says of label images.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    if try !labelImages(in: root).isEmpty, let list = try ClassList.beside(root, encoding: encoding)
    {
      return list
    }
    return try folder(in: root).classes(of: split, encoding: encoding)
  }

  /// The folder with the annotations, at a folder or in its `coco`.
  public func root(in folder: URL) throws -> URL {
    try cocoRoot(in: folder, expecting: "annotations/panoptic_train.json, say") {
      try !COCOFolder($0, prefix: Self.prefix, others: false).files.isEmpty
        || $0.appending(path: Self.masks).hasDirectory
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
    let labelImages = try labelImages(in: root)
    if let split {
      return try entries(of: folder.name(of: split), folder, &problems).map(labelImages.replacing)
    }
    var unpaired: [DatasetProblem] = []
    return try labelImages.entries(
      and: folder.files.keys.sorted().flatMap { try entries(of: $0, folder, &unpaired) })
  }

  private func labelImages(in root: URL) throws -> LabelImagesBeside {
    try LabelImagesBeside(
      root, of: self, in: SplitFolders.names(in: root.appending(path: Self.masks)))
  }

  private func entries(
    of name: String, _ folder: COCOFolder, _ problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let (file, url) = try folder.annotations(of: name)
    let segments = COCOSegments(
      file, at: url, classes: try COCOClasses(file, at: url, encoding: encoding),
      folders: ([name] + folder.files.keys.sorted()).flatMap {
        ["annotations/\(Self.prefix)\($0)", "\(Self.prefix)\($0)", "annotations/\($0)"]
      }.map { folder.root.appending(path: $0) })
    let images = COCOImages(file: file, url: url, photograph: folder.photographs(of: name))
    return try images.entries(problems: &problems, labels: segments.labels)
  }

  /// `<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/\(stem).\(pathExtension)"
  }

  /// `coco-panoptic-masks/<split>/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "\(Self.masks)/\(split)/\(stem).png"
  }

  /// `coco-panoptic-objects/<split>/<stem>.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "coco-panoptic-objects/\(split)/\(stem).png"
  }

  /// `annotations/panoptic_<split>.json`.
  public func listPath(of split: String) -> String { "annotations/\(Self.prefix)\(split).json" }

  /// Writes what the ids mean, the segments where the images are the split's own, and then the file.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(classes.fileData(), ClassList.file)
    var writer = COCOPanopticWriter(classes)
    let isOwn = areOwn(images, of: split, in: root)
    for image in images {
      let segments = try writer.add(image)
      if isOwn { try write(segments, "annotations/\(Self.prefix)\(split)/\(image.stem).png") }
    }
    try write(writer.json(), listPath(of: split))
  }
}
