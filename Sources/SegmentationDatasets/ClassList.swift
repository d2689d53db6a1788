public import ImageFiles

/// The classes of a dataset: what the ids in its masks mean.
public struct ClassList: Sendable, Equatable {
  /// The id that stands for no class, unless a class has it.
  static let usualBackground: UInt8 = 0
  /// The id of pixels whose class is left open, such as the rims of objects in VOC.
  static let border: UInt8 = 255

  /// The classes' names as the dataset spells them, by id; neither background nor ignored ids.
  public let names: [UInt8: String]
  /// A colour for each id, 256 in all.
  public let palette: [RGB]
  /// Whether the ids were counted from 1 though nobody said so, neither the list nor the user.
  let isCountAssumed: Bool

  /// Makes a list from names by id.
  ///
  /// - Parameters:
  ///   - names: Ids 0…254; an ignored id among them traps. A list with a class 0 has no background.
  ///   - palette: Colours by id.
  public init(names: [UInt8: String], palette: [RGB] = Palette.voc) {
    self.init(names: names, palette: palette, isCountAssumed: false)
  }

  init(names: [UInt8: String], palette: [RGB], isCountAssumed: Bool) {
    precondition(names[Self.border] == nil, "ClassList: id 255 is ignored and no class")
    self.names = names
    self.palette = palette + Palette.voc.dropFirst(palette.count)
    self.isCountAssumed = isCountAssumed
  }

  /// The id of pixels that belong to no class; nil where 0 is a class, as Cityscapes' road is.
  public var background: UInt8? {
    names[Self.usualBackground] == nil ? Self.usualBackground : nil
  }

  /// The ids of pixels whose class is left open.
  public var ignored: Set<UInt8> { [Self.border] }

  /// The classes' ids in ascending order.
  public var ids: [UInt8] { names.keys.sorted() }

  /// The ids among some that should name a class: neither background nor ignored.
  func labels(among ids: Set<UInt8>) -> Set<UInt8> {
    ids.filter { $0 != background && !ignored.contains($0) }
  }

  /// The class's name as the dataset spells it; for an id without a name, `class 7`.
  public func name(of id: UInt8) -> String {
    if let name = names[id] { return name }
    if id == background { return "background" }
    return ignored.contains(id) ? "border" : "class \(id)"
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
