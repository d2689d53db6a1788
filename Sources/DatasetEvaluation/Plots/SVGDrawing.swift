import Foundation
import ImageFiles

/// A drawing of lines, rectangles and words, as SVG 1.1.
///
/// Lengths are in pixels, from the upper left corner; words are 12 pixels high.
struct SVGDrawing {
  /// Where words stand to their place.
  enum Anchor: String { case start, middle, end }

  /// About how wide a letter is.
  static let letter = 7.0

  private let width, height: Double
  private var elements: [String] = []

  /// An empty white drawing.
  init(width: Double, height: Double) {
    (self.width, self.height) = (width, height)
    rectangle(x: 0, y: 0, width: width, height: height, fill: RGB(255, 255, 255))
  }

  /// The drawing as a file's bytes.
  var data: Data {
    let size = "width=\"\(Self.text(width))\" height=\"\(Self.text(height))\""
    return Data(
      """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) font-family="sans-serif" font-size="12">
      \(elements.joined(separator: "\n"))
      </svg>

      """.utf8)
  }

  /// A filled rectangle.
  ///
  /// - Parameter note: What viewers say when it is pointed at.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: RGB, note: String? = nil
  ) {
    let inside = note.map { "<title>\(Self.escaped($0))</title>" } ?? ""
    elements.append(
      "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\" "
        + "height=\"\(Self.text(height))\" fill=\"\(Self.text(fill))\">\(inside)</rect>")
  }

  /// A line, dashed or not.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), stroke: RGB,
    isDashed: Bool = false
  ) {
    let dashes = isDashed ? " stroke-dasharray=\"4 3\"" : ""
    elements.append(
      "<line x1=\"\(Self.text(start.x))\" y1=\"\(Self.text(start.y))\" x2=\"\(Self.text(end.x))\" "
        + "y2=\"\(Self.text(end.y))\" stroke=\"\(Self.text(stroke))\"\(dashes)/>")
  }

  /// Words whose foot is at a place, or that rise from it.
  mutating func words(
    _ words: String, x: Double, y: Double, anchor: Anchor = .start, rises: Bool = false
  ) {
    let place = "x=\"\(Self.text(x))\" y=\"\(Self.text(y))\""
    let turn = rises ? " transform=\"rotate(-90 \(Self.text(x)) \(Self.text(y)))\"" : ""
    elements.append(
      "<text \(place) text-anchor=\"\(anchor.rawValue)\"\(turn)>\(Self.escaped(words))</text>")
  }

  /// A number without needless places.
  private static func text(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
  }

  private static func text(_ colour: RGB) -> String {
    "rgb(\(colour.red),\(colour.green),\(colour.blue))"
  }

  /// The words as XML has them; what XML has not is replaced.
  private static func escaped(_ words: String) -> String {
    words.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): text += "\u{FFFD}"
      case "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
