import DurableFiles
public import Foundation

/// The labelled images of a dataset's split, whatever its layout.
public struct SegmentationDataset: Sendable {
  /// An image and what is labelled in it.
  public struct Entry: Sendable, Hashable {
    /// The name that the files share.
    public let stem: String
    /// The image's file.
    public let image: URL
    /// Where the class of each pixel is found.
    public let mask: LabelSource
    /// Where the object of each pixel is found, numbered within the image; nil where nobody says.
    public let instances: LabelSource?

    /// Says where an image and its labels are.
    public init(stem: String, image: URL, mask: LabelSource, instances: LabelSource? = nil) {
      self.stem = stem
      self.image = image
      self.mask = mask
      self.instances = instances
    }

    /// Names the files of an image, whose labels are PNGs of ids.
    public init(stem: String, image: URL, mask: URL, instances: URL? = nil) {
      self.init(
        stem: stem, image: image, mask: .file(mask), instances: instances.map(LabelSource.file))
    }
  }

  /// How files are read: a test counts here what is opened.
  package typealias Reader = @Sendable (URL) throws(POSIXError) -> Data?

  /// Where the files are, and what those of a larger dataset are called.
  public let layout: any DatasetLayout
  /// The folder of the dataset, as the layout found it.
  public let root: URL
  /// The name of the split that was read, such as `train`; empty where none was.
  public let split: String
  /// What the ids in the masks mean.
  public let classes: ClassList
  /// The images of the split that have a mask, in its order.
  public internal(set) var entries: [Entry]
  /// What is wrong with the split: every missing image and mask, every stem that is repeated or could lead out of the
  /// folders. ``scan(requiring:findingInstances:trustingImages:check:)`` reports them with those of the files.
  public internal(set) var problems: [DatasetProblem]
  /// How files are read.
  package var reader: Reader = readFile

  /// Finds the files of a split, without opening any image.
  ///
  /// - Parameters:
  ///   - root: The dataset's folder, or one above it.
  ///   - split: The split's name, such as `train`.
  ///   - layout: Where the files are; nil for the layout that the folder has.
  ///   - classes: Names of the ids; nil for those that the folder or the layout has. Where neither has, no id is a
  ///     class.
  /// - Throws: ``DatasetError`` for a missing folder or split, or a split that names nothing.
  public init(
    root: URL, split: String, layout: (any DatasetLayout)? = nil, classes: ClassList? = nil
  ) throws {
    try self.init(in: root, of: split, layout, classes)
  }

  /// Finds every image that has a mask, in the order of their stems, for a folder whose splits are not written yet.
  ///
  /// - Throws: ``DatasetError`` when there is no such folder.
  public init(
    unlistedIn root: URL, layout: (any DatasetLayout)? = nil, classes: ClassList? = nil
  ) throws {
    try self.init(in: root, of: nil, layout, classes)
  }

  private init(
    in folder: URL, of split: String?, _ layout: (any DatasetLayout)?, _ classes: ClassList?
  ) throws {
    let layout = layout ?? DatasetLayouts.layout(of: folder)
    var problems: [DatasetProblem] = []
    root = try layout.root(in: folder)
    let fitted = try layout.fitted(to: root)
    let classes =
      try classes ?? fitted.classes(in: root, of: split)
      ?? ClassList(names: [:], encoding: fitted.encoding)
    entries = try fitted.naming(classes).entries(of: split, in: root, problems: &problems)
    (self.layout, self.classes, self.split) = (fitted, classes, split ?? "")
    self.problems = problems
  }
}
