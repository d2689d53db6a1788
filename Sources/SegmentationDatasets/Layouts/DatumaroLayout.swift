public import Foundation
import ImageFiles

/// The layout of Datumaro's own format: one file of JSON a subset.
///
///     annotations/<subset>.json     labels, and items with their polygons, masks, ellipses and boxes
///     images/<subset>/<id>.jpg      the images; also images/<id>.jpg, or where the file says
///
/// Subsets are the splits: `default` is `train`. Shapes are drawn by their depth, then in the order of the file; those of
/// one label and one group are one object, and a box of a group that has pixels says nothing new. Labels are numbered in the
/// order of the file, from 1; `background` is 0. Outlines are filled by the rule of pycocotools.
public struct DatumaroLayout: DatasetLayout, AnnotationLayout {
  private let folder: DatumaroFolder?
  /// The list whose ids the labels get.
  public var list: ClassList?

  /// `datumaro`.
  public let name = "datumaro"
  /// Files and photographs.
  public let contents = "annotations/train.json, say, and images"

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: DatumaroFolder) { self.folder = folder }

  /// Whether a folder has Datumaro's files.
  public func hasAnnotations(in root: URL) throws -> Bool {
    try !DatumaroFolder.files(in: root).isEmpty
  }

  /// The same with the files that it has found.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    DatumaroLayout(try folder(in: root))
  }

  private func folder(in root: URL) throws -> DatumaroFolder {
    if let folder, folder.root == root { return folder }
    return try DatumaroFolder(root)
  }

  /// The labels of the files.
  public func labelNames(in root: URL) throws -> LabelNames { try folder(in: root).labelNames() }

  /// The subsets.
  public func annotatedSplits(in root: URL) throws -> [String] {
    let names = try folder(in: root).parts.map { SplitNames.split(ofSubset: $0.subset) }
    return Set(names).sorted()
  }

  /// Finds the photographs of a subset.
  public func annotated(
    _ split: String, in root: URL, _ labels: LabelNames, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let folder = try folder(in: root)
    var stems: Set<String> = []
    return try folder.parts(of: split).flatMap { part in
      try part.file.items.compactMap { item in
        let photograph = try folder.photograph(of: item, in: part)
        let drawing = DatumaroDrawing(item: item, part: part, labels: labels)
        do throws(DatasetError) {
          guard stems.insert(drawing.stem).inserted else {
            throw drawing.error(
              "another item has this name", "Rename one of them: names without folders count.")
          }
          return try drawing.entry(photograph)
        } catch {
          problems += error.problems
          return nil
        }
      }
    }
  }

  /// `images/<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "images/\(split)/\(stem).\(pathExtension)"
  }

  /// The file of the subset.
  public func annotations(
    of images: [SegmentationDataset.Entry], in split: String, _ classes: ClassList
  ) throws -> [String: Data] {
    ["annotations/\(split).json": try DatumaroWriter.data(for: images, classes)]
  }
}
