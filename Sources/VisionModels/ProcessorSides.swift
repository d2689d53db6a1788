public import Checkpoints

/// The shorter side of a resized image: a file gives a number, or it as `shortest_edge`.
public struct ShortestEdge: OptionNumbers, Sendable, Equatable {
  /// In pixels.
  public var side: Int

  /// Names a side.
  public init(_ side: Int) { self.side = side }

  /// Takes a whole number, or an object with one.
  public init?(json: JSONValue) {
    guard let side = Int(json: json) ?? json["shortest_edge"].flatMap(Int.init(json:)) else {
      return nil
    }
    self.init(side)
  }

  /// An object, as recent transformers writes it.
  public var json: JSONValue { .object(["shortest_edge": side.json]) }
  /// The side.
  public var numbers: [Int] { [side] }
  /// What a file may say.
  public static var expectation: String { "a whole number, or one as shortest_edge" }
}

/// The side of a square: a file gives a number, or it as `height` and `width`.
public struct SquareSide: OptionNumbers, Sendable, Equatable {
  /// In pixels.
  public var side: Int

  /// Names a side.
  public init(_ side: Int) { self.side = side }

  /// Takes a whole number, or an object with the same one twice.
  public init?(json: JSONValue) {
    let sides = ["height", "width"].map { json[$0].flatMap(Int.init(json:)) }
    guard let side = Int(json: json) ?? sides[0], sides[0] == sides[1] else { return nil }
    self.init(side)
  }

  /// An object, as recent transformers writes it.
  public var json: JSONValue { .object(["height": side.json, "width": side.json]) }
  /// The side.
  public var numbers: [Int] { [side] }
  /// What a file may say.
  public static var expectation: String { "a whole number, or the same one as height and width" }
}

/// The sides of a resized image: a file gives a number for a square, or `height` and `width`.
public struct RectangleSides: OptionNumbers, Sendable, Equatable {
  /// In pixels.
  public var height, width: Int

  /// Names both sides.
  public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

  /// Takes a whole number, or an object with two.
  public init?(json: JSONValue) {
    let side = Int(json: json)
    guard let height = side ?? json["height"].flatMap(Int.init(json:)),
      let width = side ?? json["width"].flatMap(Int.init(json:))
    else { return nil }
    self.init(height: height, width: width)
  }

  /// An object, as recent transformers writes it.
  public var json: JSONValue { .object(["height": height.json, "width": width.json]) }
  /// Both sides.
  public var numbers: [Int] { [height, width] }
  /// What a file may say.
  public static var expectation: String { "a whole number, or one each as height and width" }
}

extension JSONValue {
  /// What an object has under a name.
  fileprivate subscript(name: String) -> JSONValue? {
    guard case .object(let values) = self else { return nil }
    return values[name]
  }
}
