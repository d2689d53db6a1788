public import Foundation

/// COCO's layout of instances: outlines and runs in one file a split.
///
///     annotations/instances_<split>.json    images, annotations and categories; the split may have its year, `train2017`
///     <split>/<file>                        the images; also in images/<split>, in images or beside the folders
///
/// `annotations/<split>.json` and Roboflow's `<split>/_annotations.coco.json` are the same. Outlines are filled by the
/// rule of pycocotools. What nothing covers is background; where objects overlap, the smaller one is in front; crowds are
/// left open. This program's own datasets also have the label images, `annotations/masks_<split>/<stem>.png` and
/// `annotations/objects_<split>/<stem>.png`, which are read then, and classes.json.
public struct COCOLayout: DatasetLayout {
  private let folder: COCOFolder?

  /// `coco`.
  public let name = "coco"

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: COCOFolder) { self.folder = folder }

  /// The file's categories, or what classes.json says of label images.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    let folder = try folder(in: root)
    if try !labelImages(in: root).isEmpty, let list = try ClassList.beside(root) {
      return list
    }
    return try folder.classes(of: split, encoding: encoding)
  }

  /// The folder with the annotations, at a folder or in its `coco`.
  public func root(in folder: URL) throws -> URL {
    try cocoRoot(in: folder, expecting: "annotations/instances_train.json, say") { root in
      try !COCOFolder(root, prefix: "instances_", others: true).files.isEmpty
        || !labelImages(in: root).isEmpty
    }
  }

  /// The same with the files that it has found.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    COCOLayout(try folder(in: root))
  }

  private func folder(in root: URL) throws -> COCOFolder {
    if let folder, folder.root == root { return folder }
    return try COCOFolder(root, prefix: "instances_", others: true)
  }

  /// The names of the files, without their year.
  public func splits(in root: URL) throws -> [String] { try folder(in: root).splits }

  /// Finds the photographs of a file, and draws nothing yet.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let (folder, labels) = (try folder(in: root), try labelImages(in: root))
    if let split {
      return try entries(of: folder.name(of: split), folder, &problems).map(labels.replacing)
    }
    // The lists of an unfinished run are not written yet.
    var unpaired: [DatasetProblem] = []
    return try labels.entries(
      and: folder.files.keys.sorted().flatMap { try entries(of: $0, folder, &unpaired) })
  }

  /// The label images that this program writes beside a file of instances.
  private func labelImages(in root: URL) throws -> LabelImagesBeside {
    let prefix = "masks_"
    let folders = try SplitFolders.names(in: root.appending(path: "annotations"))
    return try LabelImagesBeside(
      root, of: self,
      in: folders.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }

  private func entries(
    of name: String, _ folder: COCOFolder, _ problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let (file, url) = try folder.annotations(of: name)
    let objects = try COCOObjects(
      file, at: url, classes: COCOClasses(file, at: url, encoding: encoding))
    let images = COCOImages(file: file, url: url, photograph: folder.photographs(of: name))
    return try images.entries(problems: &problems, labels: objects.labels)
  }

  /// `<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/\(stem).\(pathExtension)"
  }

  /// `annotations/masks_<split>/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "annotations/masks_\(split)/\(stem).png"
  }

  /// `annotations/objects_<split>/<stem>.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "annotations/objects_\(split)/\(stem).png"
  }

  /// `annotations/instances_<split>.json`.
  public func listPath(of split: String) -> String { "annotations/instances_\(split).json" }

  /// Writes what the ids mean, and then the file of instances, all of them as runs.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(classes.fileData(), ClassList.file)
    var writer = COCOWriter(classes)
    for image in images {
      try writer.add(
        image.image.lastPathComponent, mask: image.mask.labels(),
        instances: image.instances?.labels())
    }
    try write(writer.contents.json(), listPath(of: split))
  }
}

/// The folder with files of annotations, at a folder or in its `coco`.
func cocoRoot(
  in folder: URL, expecting example: String, where hasFiles: (URL) throws -> Bool
) throws -> URL {
  try datasetRoot(
    in: folder, or: ["coco"], lacking: "there are no annotations of COCO's", holding: example,
    where: hasFiles)
}
