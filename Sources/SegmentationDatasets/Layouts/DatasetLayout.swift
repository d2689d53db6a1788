public import Foundation
public import ImageFiles

/// Where a dataset keeps its files: how they are found in a folder, and what those that are written are called.
///
/// A layout is one file in `Layouts/` and one line in ``DatasetLayouts``. What several need is there: ``FolderListing``
/// finds files by stems, ``SplitList`` reads a list of them, ``SplitFolders`` has a folder for each split.
public protocol DatasetLayout: Sendable {
  /// What the layout is called, in lower case and without spaces, such as `voc`.
  var name: String { get }

  /// Which of its kinds a dataset has, such as `labelTrainIds`; nil in a layout of one kind.
  var variant: String? { get }

  /// Which ids name no class. A list of classes that is given keeps this encoding unless it says otherwise.
  var encoding: LabelEncoding { get }

  /// The classes that every dataset of the layout has; nil where each has its own.
  var ownClasses: ClassList? { get }

  /// What the ids in masks stand for where nobody gives a list of classes.
  ///
  /// - Parameters:
  ///   - root: What ``root(in:)`` found.
  ///   - split: The split that is read; nil for all images.
  /// - Returns: nil where the folder does not say it.
  /// - Throws: ``DatasetError`` for a list in the folder that cannot be read.
  func classes(in root: URL, of split: String?) throws -> ClassList?

  /// The dataset's own folder, at or below one that a user names.
  ///
  /// - Throws: ``DatasetError`` saying what was looked for, when none is there.
  func root(in folder: URL) throws -> URL

  /// The layout in the kind that a dataset has.
  ///
  /// - Parameter root: What ``root(in:)`` found.
  func fitted(to root: URL) throws -> any DatasetLayout

  /// The layout with the ids of a list, where files name classes instead.
  func naming(_ classes: ClassList) -> any DatasetLayout

  /// The layout with masks in a folder elsewhere, `<stem>.png` each, so that images without a mask of their own are found
  /// too; where a layout finds images by their masks, itself.
  func labelled(in folder: URL) -> any DatasetLayout

  /// The names of the splits that a dataset has.
  func splits(in root: URL) throws -> [String]

  /// Finds the files of a split, in its order, without opening any image.
  ///
  /// - Parameters:
  ///   - split: The split's name; nil for every image that has a mask, in the order of their stems.
  ///   - root: What ``root(in:)`` found.
  ///   - problems: Gets what is wrong with the split: files that are missing, stems that are repeated or could lead
  ///     out of the folders.
  /// - Throws: ``DatasetError`` for a split that is not there or names nothing.
  func entries(
    of split: String?, in root: URL, problems: inout [DatasetProblem]
  ) throws -> [SegmentationDataset.Entry]

  /// The extension of the images that are made, where nobody asks for another.
  var pathExtension: String { get }

  /// The path of an image below the root of a dataset that is written.
  ///
  /// - Parameters:
  ///   - split: The split that the image belongs to; a layout whose splits are lists has it nowhere in the path.
  ///   - pathExtension: That of the image's file, such as `jpg`.
  func imagePath(of stem: String, in split: String, pathExtension: String) -> String

  /// The path of a mask, a PNG.
  func maskPath(of stem: String, in split: String) -> String

  /// The path of an instance mask, a PNG; nil in a layout without instances.
  func instancesPath(of stem: String, in split: String) -> String?

  /// An instance mask as the layout's file has it.
  ///
  /// - Parameters:
  ///   - instances: The objects, numbered from 1 within the image.
  ///   - mask: The class of each pixel.
  func instancesData(_ instances: LabelImage, of mask: LabelImage) throws -> Data

  /// The path of the list of a split. The lists are written last: a folder that has them is whole.
  func listPath(of split: String) -> String

  /// The line of a list that names an image.
  func listLine(of stem: String) -> String

  /// Writes what says which images belong to a split, and what their ids mean, once all of them are there: the list of
  /// the split, last, and whatever else the layout's readers want.
  ///
  /// - Parameters:
  ///   - images: The images of the split, which are written.
  ///   - classes: What the ids mean.
  ///   - root: The dataset's folder.
  ///   - write: Puts a file at a path below it.
  func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws
}

extension DatasetLayout {
  /// nil: there is one kind.
  public var variant: String? { nil }

  /// VOC's, where a layout has none of its own.
  public var encoding: LabelEncoding { .voc }

  /// nil: each dataset has its own.
  public var ownClasses: ClassList? { nil }

  /// The layout's own.
  public func classes(in root: URL, of split: String?) throws -> ClassList? { ownClasses }

  /// `jpg`.
  public var pathExtension: String { "jpg" }

  /// Itself.
  public func fitted(to root: URL) throws -> any DatasetLayout { self }

  /// Itself: files have ids.
  public func naming(_ classes: ClassList) -> any DatasetLayout { self }

  /// Itself: images are found by their labels.
  public func labelled(in folder: URL) -> any DatasetLayout { self }

  /// A PNG of the numbers.
  public func instancesData(_ instances: LabelImage, of mask: LabelImage) throws -> Data {
    try instances.pngData()
  }

  /// The stem.
  public func listLine(of stem: String) -> String { stem }

  /// Writes the list alone.
  public func index(
    _ images: [SegmentationDataset.Entry], as split: String, classes: ClassList, in root: URL,
    write: (_ data: Data, _ path: String) throws -> Void
  ) throws {
    try write(list(of: images), listPath(of: split))
  }

  /// The name of a split that stands with others in a folder of lists, or begins with the folder's name in a layout that
  /// finds its lists by the names of files.
  public func listName(_ name: String, in folder: String) -> String {
    folder + (listPath(of: "a").hasSuffix(".json") ? "_" : "/") + name
  }

  /// A line for each image.
  func list(of images: [SegmentationDataset.Entry]) -> Data {
    Data(images.map { listLine(of: $0.stem) + "\n" }.joined().utf8)
  }

  /// Whether images are where those of a split are written: others are in a list of it alone.
  func areOwn(
    _ images: [SegmentationDataset.Entry], of split: String, in root: URL
  ) -> Bool {
    images.allSatisfy { image in
      let path = imagePath(of: image.stem, in: split, pathExtension: image.image.pathExtension)
      return image.image.path == root.appending(path: path).path
    }
  }

  /// What a command says that it has found: `cityscapes (labelTrainIds)`.
  public var title: String { variant.map { "\(name) (\($0))" } ?? name }
}
