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
    /// The mask's file.
    public let mask: URL
    /// The file of the instance mask, whose ids number the objects of the image; nil where there is none.
    public let instances: URL?

    /// Names the files of an image.
    public init(stem: String, image: URL, mask: URL, instances: URL? = nil) {
      self.stem = stem
      self.image = image
      self.mask = mask
      self.instances = instances
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
  public let entries: [Entry]
  /// What is wrong with the split: every missing image and mask, every stem that is repeated or could lead out of the
  /// folders. ``scan(requiring:check:)`` reports them with those of the files.
  public let problems: [DatasetProblem]
  /// How files are read.
  package var reader: Reader = readFile

  /// Finds the files of a split, without opening any image.
  ///
  /// - Parameters:
  ///   - root: The dataset's folder, or one above it.
  ///   - split: The split's name, such as `train`.
  ///   - layout: Where the files are; nil for the layout that the folder has.
  ///   - classes: Names of the ids; nil for the layout's own.
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
    entries = try layout.entries(of: split, in: root, problems: &problems)
    self.layout = layout
    self.split = split ?? ""
    self.classes = classes ?? layout.classes
    self.problems = problems
  }
}
