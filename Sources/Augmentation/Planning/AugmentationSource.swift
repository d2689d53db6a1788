public import Foundation

/// A labelled photograph to repaint.
public struct AugmentationSource: Sendable, Equatable {
  /// The name of photograph and mask without extension.
  public let stem: String
  /// The photograph's file.
  public let photograph: URL
  /// The mask's file.
  public let mask: URL
  /// The foreground classes in the mask: neither background, 0, nor border, 255.
  public let classes: Set<UInt8>

  /// Describes a labelled photograph; of `classes`, background and border are left out.
  public init(stem: String, photograph: URL, mask: URL, classes: Set<UInt8>) {
    self.stem = stem
    self.photograph = photograph
    self.mask = mask
    self.classes = classes.subtracting([0, 255])
  }
}
