public import Foundation

/// A layout whose labels are shapes with names, in files of annotations.
///
/// Such files do not hold label images exactly: they know no pixels that are left open, and of what belongs to no object
/// they make one. So this program's own datasets have the label images too, which are read then:
///
///     <name>-masks/<split>/<stem>.png      the masks
///     <name>-objects/<split>/<stem>.png    the instances
///     splits/<split>.txt                   lists of stems: less than a split, or images of several
///     classes.json                         what the ids mean; also a list of the user's (``ClassList/beside(_:encoding:)``)
public protocol AnnotationLayout: DatasetLayout {
  /// The list whose ids the names get; nil for the order of the files.
  var list: ClassList? { get set }

  /// Whether a folder has files of annotations.
  func hasAnnotations(in root: URL) throws -> Bool

  /// What the folder should hold, for a message.
  var contents: String { get }

  /// The names of all labels, in an order that does not depend on the split.
  func labelNames(in root: URL) throws -> LabelNames

  /// The names of the splits that are annotated.
  func annotatedSplits(in root: URL) throws -> [String]

  /// The images of an annotated split.
  ///
  /// - Parameters:
  ///   - labels: The ids of names.
  ///   - problems: Gets what is wrong with the files.
  func annotated(
    _ split: String, in root: URL, _ labels: LabelNames, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry]

  /// The files that say what is labelled in the images of a split, by their paths.
  func annotations(
    of images: [SegmentationDataset.Entry], in split: String, _ classes: ClassList
  ) throws -> [String: Data]
}

extension AnnotationLayout {
  /// The layout with the ids of a list.
  public func naming(_ classes: ClassList) -> any DatasetLayout {
    var copy = self
    copy.list = classes
    return copy
  }

  /// Those of a list in the folder, else the labels' names from 1.
  public func classes(in root: URL, of split: String?) throws -> ClassList? {
    try ClassList.beside(root) ?? labelNames(in: root).classes
  }

  /// The folder with annotations, or with the label images of a run that is not finished.
  public func root(in folder: URL) throws -> URL {
    try datasetRoot(
      in: folder, or: [], lacking: "there are no annotations in the layout '\(name)'",
      holding: contents
    ) { root in
      try hasAnnotations(in: root) || root.appending(path: masks).hasDirectory
    }
  }

  /// The names of the splits that are annotated.
  public func splits(in root: URL) throws -> [String] { try annotatedSplits(in: root) }

  /// Finds the images of a split, and draws nothing yet.
  public func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let all = try annotatedSplits(in: root)
    guard let split else { return try everything(in: root, all) }
    let listed = SplitList(root.appending(path: listPath(of: split)))
    if try isThere(listed.file) {
      let found = try entries(
        of: all.contains(split) ? [split] : all, in: root, labelImages(in: root), &problems)
      return try listed.entries(among: found, problems: &problems)
    }
    guard all.contains(split) else {
      throw DatasetError(
        root.path, "nothing is annotated for the split '\(split)'",
        "There are: " + all.joined(separator: ", "), isMissing: true)
    }
    return try entries(of: [split], in: root, labelImages(in: root), &problems)
  }

  private func entries(
    of splits: [String], in root: URL, _ labelImages: LabelImagesBeside,
    _ problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    guard !splits.isEmpty else { return [] }
    let names = try list.map(LabelNames.init) ?? labelNames(in: root)
    return try splits.flatMap {
      try annotated($0, in: root, names, problems: &problems).map(labelImages.replacing)
    }
  }

  /// All images that have labels: the annotations of an unfinished run are not written yet.
  private func everything(
    in root: URL, _ splits: [String]
  ) throws -> [SegmentationDataset.Entry] {
    var unpaired: [DatasetProblem] = []
    let labelImages = try labelImages(in: root)
    return try labelImages.entries(and: entries(of: splits, in: root, labelImages, &unpaired))
  }

  private func labelImages(in root: URL) throws -> LabelImagesBeside {
    try LabelImagesBeside(
      root, of: self, in: SplitFolders.names(in: root.appending(path: masks)))
  }

  private var masks: String { "\(name)-masks" }

  /// `<name>-masks/<split>/<stem>.png`.
  public func maskPath(of stem: String, in split: String) -> String {
    "\(masks)/\(split)/\(stem).png"
  }

  /// `<name>-objects/<split>/<stem>.png`.
  public func instancesPath(of stem: String, in split: String) -> String? {
    "\(name)-objects/\(split)/\(stem).png"
  }

  /// `splits/<split>.txt`.
  public func listPath(of split: String) -> String { SplitFolders.listPath(of: split) }

  /// Writes what the ids mean, the annotations where the images are the split's own, and then the list.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(classes.fileData(), ClassList.file)
    if areOwn(images, of: split, in: root) {
      let files = try annotations(of: images, in: split, classes)
      for (path, data) in files.sorted(by: { $0.key < $1.key }) { try write(data, path) }
    }
    try write(list(of: images), listPath(of: split))
  }
}

extension SplitList {
  /// The images that the list names, in its order.
  fileprivate func entries(
    among found: [SegmentationDataset.Entry], problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry] {
    let known = Dictionary(found.map { ($0.stem, $0) }) { first, _ in first }
    return try stems(knownTo: { known[$0] != nil }, problems: &problems).compactMap { stem in
      if known[stem] == nil && !problems.contains(where: { $0.stem == stem }) {
        problems.append(
          DatasetProblem(
            stem: stem, place: file.path, found: "nothing is annotated for '\(stem)'",
            remedy: "Annotate it, or take it out of the list.", isMissing: true))
      }
      return known[stem]
    }
  }
}
