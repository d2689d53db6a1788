public import Foundation
import ImageFiles

/// The layout of labelme's files: JSON beside each image.
///
///     <split>/<stem>.json    shapes with labels: polygons, rectangles, circles and masks; a folder without folders is `train`
///     <split>/<stem>.jpg     the image, which the file names
///
/// Shapes are drawn in the order of the file, what comes later in front; those of one label and one group are one object.
/// Labels are numbered by their names, from 1; `_background_` is 0, and `__ignore__` is left open. Images without a file are
/// not annotated yet, and left out. Outlines are filled by the rule of pycocotools.
public struct LabelMeLayout: DatasetLayout, AnnotationLayout {
  private let folder: LabelMeFolder?
  /// The list whose ids the labels get.
  public var list: ClassList?

  /// `labelme`.
  public let name = "labelme"
  /// Files and photographs.
  public let contents = "photographs with labelme's JSON beside them"

  /// The layout.
  public init() { folder = nil }

  private init(_ folder: LabelMeFolder) { self.folder = folder }

  /// Whether a folder, or one in it, has labelme's files.
  public func hasAnnotations(in root: URL) throws -> Bool {
    try !LabelMeFolder.folders(in: root).isEmpty
  }

  /// The same with the files that it has found.
  public func fitted(to root: URL) throws -> any DatasetLayout {
    LabelMeLayout(try folder(in: root))
  }

  private func folder(in root: URL) throws -> LabelMeFolder {
    if let folder, folder.root == root { return folder }
    return try LabelMeFolder(root)
  }

  /// All labels, sorted.
  public func labelNames(in root: URL) throws -> LabelNames {
    try LabelNames(folder(in: root).names, at: root.path)
  }

  /// The folders.
  public func annotatedSplits(in root: URL) throws -> [String] {
    try folder(in: root).files.keys.sorted()
  }

  /// Finds the photographs of a folder's files.
  public func annotated(
    _ split: String, in root: URL, _ labels: LabelNames, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let folder = try folder(in: root)
    var stems: Set<String> = []
    return folder.files[split, default: []].compactMap { annotated in
      let stem = PhotographName.stem(
        of: annotated.url.lastPathComponent.replacing(/\.json$/, with: ""))
      do throws(DatasetError) {
        let file = try annotated.file.get()
        let drawing = LabelMeDrawing(file: file, url: annotated.url, stem: stem, labels: labels)
        guard stems.insert(stem).inserted else {
          throw drawing.error("another file has this name", "Rename one of them.")
        }
        return try drawing.entry(photograph(of: file, annotated.url, folder))
      } catch {
        problems += error.problems
        return nil
      }
    }
  }

  private func photograph(
    of file: LabelMeFile, _ url: URL, _ folder: LabelMeFolder
  ) throws(DatasetError) -> URL? {
    do { return try folder.photograph(of: file, at: url) } catch let error as DatasetError {
      throw error
    } catch { return nil }
  }

  /// `<split>/<stem>.<extension>`.
  public func imagePath(of stem: String, in split: String, pathExtension: String) -> String {
    "\(split)/\(stem).\(pathExtension)"
  }

  /// A file for each image.
  public func annotations(
    of images: [SegmentationDataset.Entry], in split: String, _ classes: ClassList
  ) throws -> [String: Data] {
    try Dictionary(
      uniqueKeysWithValues: images.map { image in
        let objects = try LabelledObjects(image, classes.encoding)
        return (
          "\(split)/\(image.stem).json", try LabelMeWriter.data(for: image.image, objects, classes)
        )
      })
  }
}
