/// Which ids of a mask name no class.
public struct LabelEncoding: Sendable, Equatable {
  /// The id of pixels that belong to no class; nil where every pixel has one, as with Cityscapes' train ids,
  /// whose 0 is the road.
  public var background: UInt8?
  /// The ids of pixels whose class is left open, any number of them.
  public var ignored: Set<UInt8>

  /// Says which ids name no class.
  public init(background: UInt8?, ignored: Set<UInt8>) {
    precondition(
      background.map { !ignored.contains($0) } ?? true,
      "LabelEncoding: \(background ?? 0) is the background and cannot be ignored too")
    self.background = background
    self.ignored = ignored
  }

  /// Whether an id should name a class: it is neither background nor ignored.
  public func isLabel(_ id: UInt8) -> Bool { id != background && !ignored.contains(id) }

  /// PASCAL VOC's: 0 is the background, and 255 the rim of objects.
  public static let voc = LabelEncoding(background: 0, ignored: [255])
}
