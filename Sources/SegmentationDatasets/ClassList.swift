public import ImageFiles

/// The classes of a dataset: what the ids in its masks mean.
public struct ClassList: Sendable, Equatable {
  /// The id of pixels that belong to no class.
  public static let background: UInt8 = 0
  /// The id of pixels whose class is left open, such as the rims of objects in VOC.
  public static let border: UInt8 = 255

  /// The classes' names as the dataset spells them, by id; neither background nor border.
  public let names: [UInt8: String]
  /// A colour for each id, 256 in all.
  public let palette: [RGB]

  /// Makes a list from names by id.
  ///
  /// - Parameter names: Ids 1…254; background or border among them traps.
  public init(names: [UInt8: String], palette: [RGB] = Palette.voc) {
    precondition(
      names[Self.background] == nil && names[Self.border] == nil,
      "ClassList: ids 0 (background) and 255 (border) are not classes")
    self.names = names
    self.palette = palette + Palette.voc.dropFirst(palette.count)
  }

  /// The classes' ids in ascending order.
  public var ids: [UInt8] { names.keys.sorted() }

  /// The class's name as the dataset spells it; for an id without a name, `class 7`.
  public func name(of id: UInt8) -> String {
    switch id {
    case Self.background: "background"
    case Self.border: "border"
    default: names[id] ?? "class \(id)"
    }
  }

  /// The class's name in words that a text encoder knows: `dining table`, `traffic light`.
  public func words(for id: UInt8) -> String {
    let name = name(of: id)
    return Self.spelledApart[name] ?? name.replacing("_", with: " ")
  }

  /// VOC's names that are two words written as one.
  private static let spelledApart = [
    "diningtable": "dining table", "pottedplant": "potted plant", "tvmonitor": "tv monitor",
  ]

  /// PASCAL VOC's 20 classes, ids 1…20.
  public static let voc = ClassList(
    names: Dictionary(
      uniqueKeysWithValues: zip(
        1...,
        [
          "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
          "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa",
          "train", "tvmonitor",
        ])))
}
