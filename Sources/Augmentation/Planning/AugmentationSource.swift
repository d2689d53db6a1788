public import Foundation

/// A labelled photograph to repaint.
public struct AugmentationSource: Sendable, Equatable {
  /// The name of photograph and mask without extension.
  public let stem: String
  /// The photograph's file.
  public let photograph: URL
  /// The mask's file.
  public let mask: URL
  /// The classes in the mask; neither background nor ignored ids.
  public let classes: Set<UInt8>

  /// Describes a labelled photograph.
  public init(stem: String, photograph: URL, mask: URL, classes: Set<UInt8>) {
    self.stem = stem
    self.photograph = photograph
    self.mask = mask
    self.classes = classes
  }
}
