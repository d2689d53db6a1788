public import ImageFiles

/// An image of a dataset with what is labelled in it.
public struct LabelledImage: Sendable {
  /// The image, upright.
  public let image: Image
  /// The class of each pixel, of the image's size.
  public let mask: LabelImage
  /// The object that each pixel belongs to, numbered within the image, of its size; nil where there is none.
  public let instances: LabelImage?
  /// SHA-256 of the files.
  public let hashes: EntryHashes
}

/// SHA-256 of what an entry has, in lower-case hexadecimal: of its files or, for labels that are drawn or translated, of
/// PNGs of their ids.
public struct EntryHashes: Sendable, Equatable {
  /// The image's.
  public let image: String
  /// The mask's.
  public let mask: String
  /// The instance mask's; nil where there is none.
  public let instances: String?

  /// Collects the hashes.
  public init(image: String, mask: String, instances: String? = nil) {
    self.image = image
    self.mask = mask
    self.instances = instances
  }
}
