public import Foundation
import ImageFiles

/// The layout of "CVAT for images 1.1": one file of XML for many images.
///
///     annotations.xml               the labels and the shapes of all subsets; also <split>/annotations.xml, a task each,
///                                   and <subset>.xml, as Datumaro exports
///     images/<subset>/<file>        the images; also images/<file>, or beside the XML
///
/// Subsets are the splits: `Train` is `train`, `Validation` is `val`, and what has none is `train`. Polygons, boxes, ellipses
/// and masks are drawn by their depth, then in the order of the file; those of one label and one group are one object.
/// Labels are numbered in the order of the file, from 1; `background` is 0. Outlines are filled by the rule of pycocotools.
public struct CVATLayout: DatasetLayout, AnnotationLayout {
  private let folder: CVATFolder?
  /// The list whose ids the labels get.
  public var list: ClassList?

  /// `cvat`.
  public let name = "cvat"
  /// The file and photographs.
  public let contents = "annotations.xml and images"

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: CVATFolder) { self.folder = folder }

  /// Whether a folder, or one in it, has CVAT's file.
  public func hasAnnotations(in root: URL) throws -> Bool {
    try !CVATFolder.files(in: root).isEmpty
  }

  /// The same with the files that it has found.
  public func fitted(to root: URL) throws -> any DatasetLayout { CVATLayout(try folder(in: root)) }

  private func folder(in root: URL) throws -> CVATFolder {
    if let folder, folder.root == root { return folder }
    return try CVATFolder(root)
  }

  /// The labels of the files, in their order.
  public func labelNames(in root: URL) throws -> LabelNames { try folder(in: root).labelNames() }

  /// The subsets or folders.
  public func annotatedSplits(in root: URL) throws -> [String] {
    try folder(in: root).parts.keys.sorted()
  }

  /// Finds the photographs of a subset.
  public func annotated(
    _ split: String, in root: URL, _ labels: LabelNames, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    var stems: Set<String> = []
    return try folder(in: root).parts[split, default: []].flatMap { part in
      try part.images.compactMap { image in
        let photograph = try part.photograph(of: image)
        let drawing = CVATDrawing(image: image, url: part.file.url, labels: labels)
        do throws(DatasetError) {
          guard stems.insert(drawing.stem).inserted else {
            throw drawing.error(
              "another image has this name", "Rename one of them: names without folders count.")
          }
          return try drawing.entry(photograph)
        } catch {
          problems += error.problems
          return nil
        }
      }
    }
  }

  /// `<split>/images/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/images/\(stem).\(pathExtension)"
  }

  /// One file in the folder of the split.
  public func annotations(
    of images: [SegmentationDataset.Entry], in split: String, _ classes: ClassList
  ) throws -> [String: Data] {
    ["\(split)/\(CVATFolder.file)": try CVATWriter.data(for: images, classes)]
  }
}
