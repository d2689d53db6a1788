public import Foundation
import ImageFiles

/// A segmentation dataset in PASCAL VOC's layout.
///
///     JPEGImages/<stem>.jpg                   the photographs (.jpeg and .png too)
///     SegmentationClass/<stem>.png            the masks, one class id a pixel
///     ImageSets/Segmentation/<split>.txt      the stems, one a line
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
  /// The name of the list that was read, such as `train`.
  public let split: String
  /// What the ids in the masks mean.
  public let classes: ClassList
  /// The photographs of the split, in its order.
  public let entries: [Entry]

  /// Finds the files of a split, without opening any picture.
  ///
  /// - Parameter root: The folder that holds `JPEGImages`, or one above it: `VOCdevkit/VOC2012` and
  ///   the like are found inside.
  /// - Throws: ``DatasetError`` with every missing photograph and mask, every stem that is repeated
  ///   or could lead out of the folders, or a missing folder or list.
  public init(root: URL, split: String, classes: ClassList = .voc) throws {
    let layout = VOCLayout(root: try VOCLayout.findRoot(in: root))
    var entries: [Entry] = []
    var problems: [String] = []
    for stem in try layout.stems(of: split, problems: &problems) {
      let (image, mask) = (layout.image(stem), layout.mask(stem))
      if image == nil {
        problems.append(
          "\(stem): no photograph \(stem).jpg, .jpeg or .png in \(layout.images.path). Add it, or "
            + "take the stem out of \(layout.list(split).path).")
      }
      if mask == nil {
        problems.append(
          "\(stem): no mask \(stem).png in \(layout.masks.path). Add it, or take the stem out of "
            + "\(layout.list(split).path).")
      }
      if let image, let mask { entries.append(Entry(stem: stem, image: image, mask: mask)) }
    }
    guard problems.isEmpty else { throw DatasetError(problems) }
    self.root = layout.root
    self.split = split
    self.classes = classes
    self.entries = entries
  }
}
