public import ImageFiles

/// The classes of a dataset: what the ids in its masks mean.
public struct ClassList: Sendable, Equatable {
  /// The classes' names as the dataset spells them, by id; neither background nor ignored ids.
  public let names: [UInt8: String]
  /// Which ids name no class.
  public let encoding: LabelEncoding
  /// A colour for each id, 256 in all.
  public let palette: [RGB]
  /// Whether the ids were counted from 1 though nobody said so, neither the list nor the user.
  let isCountAssumed: Bool

  /// Makes a list from names by id.
  ///
  /// - Parameters:
  ///   - names: The classes; an ignored id among them traps. Where one has the background's id, there is no
  ///     background.
  ///   - encoding: Which ids name no class.
  ///   - palette: Colours by id.
  public init(
    names: [UInt8: String], encoding: LabelEncoding = .voc, palette: [RGB] = Palette.voc
  ) {
    self.init(names: names, encoding: encoding, palette: palette, isCountAssumed: false)
  }

  init(
    names: [UInt8: String], encoding: LabelEncoding, palette: [RGB], isCountAssumed: Bool
  ) {
    let both = encoding.ignored.filter { names[$0] != nil }.sorted()
    precondition(both.isEmpty, "ClassList: the ids \(both) are ignored and no classes")
    self.names = names
    self.encoding = LabelEncoding(
      background: encoding.background.flatMap { names[$0] == nil ? $0 : nil },
      ignored: encoding.ignored)
    self.palette = palette + Palette.voc.dropFirst(palette.count)
    self.isCountAssumed = isCountAssumed
  }

  /// The id of pixels that belong to no class; nil where there is none, as where 0 is Cityscapes' road.
  public var background: UInt8? { encoding.background }

  /// The ids of pixels whose class is left open.
  public var ignored: Set<UInt8> { encoding.ignored }

  /// The classes' ids in ascending order.
  public var ids: [UInt8] { names.keys.sorted() }

  /// The ids among some that should name a class: neither background nor ignored.
  func labels(among ids: Set<UInt8>) -> Set<UInt8> {
    ids.filter(encoding.isLabel)
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
