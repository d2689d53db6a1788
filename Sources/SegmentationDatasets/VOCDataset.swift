public import Foundation

/// A segmentation dataset in PASCAL VOC's layout.
///
///     JPEGImages/<stem>.jpg                   the photographs (.jpeg and .png too, in any case)
///     SegmentationClass/<stem>.png            the masks, one class id a pixel
///     ImageSets/Segmentation/<split>.txt      the stems, one a line
///
/// A line may also be a file's name, with folders or not, when there is a photograph or mask with its
/// stem, and may have the second column of VOC's lists of one class: lines with -1 are left out.
public struct VOCDataset: Sendable {
  /// A photograph and its mask.
  public struct Entry: Sendable, Hashable {
    /// The name that both files share.
    public let stem: String
    /// The photograph's file.
    public let image: URL
    /// The mask's file.
    public let mask: URL
  }

  /// The folder that holds `JPEGImages`.
  public let root: URL
  /// The name of the list that was read, such as `train`; empty where none was.
  public let split: String
  /// What the ids in the masks mean.
  public let classes: ClassList
  /// The photographs of the split that have both files, in its order.
  public let entries: [Entry]
  /// What is wrong with the list: every missing photograph and mask, every stem that is repeated or could
  /// lead out of the folders. ``scan(requiring:check:)`` reports them with those of the files.
  public let problems: [DatasetProblem]

  /// Finds the files of a split, without opening any picture.
  ///
  /// - Parameters:
  ///   - root: The folder that holds `JPEGImages`, or one above it: `VOCdevkit/VOC2012` and the like are
  ///     found inside.
  ///   - split: The list's name, such as `train`.
  ///   - classes: Names of the ids.
  /// - Throws: ``DatasetError`` for a missing folder or list, or a list that names nothing.
  public init(root: URL, split: String, classes: ClassList = .voc) throws {
    let layout = try VOCLayout(in: root)
    let list = SplitList(split, of: layout)
    var problems: [DatasetProblem] = []
    let stems = try list.stems(in: layout, problems: &problems)
    entries = stems.compactMap { layout.entry($0, in: list.file.path, problems: &problems) }
    self.root = layout.root
    self.split = split
    self.classes = classes
    self.problems = problems
  }

  /// Finds every photograph that has a mask, in the order of their stems, for a folder whose lists are not
  /// written yet.
  ///
  /// - Throws: ``DatasetError`` when there is no such folder.
  public init(unlistedIn root: URL, classes: ClassList = .voc) throws {
    let layout = try VOCLayout(in: root)
    var unpaired: [DatasetProblem] = []
    entries = layout.images.stems.compactMap {
      layout.entry($0, in: layout.root.path, problems: &unpaired)
    }
    self.root = layout.root
    split = ""
    self.classes = classes
    problems = []
  }
}
