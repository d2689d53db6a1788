import Foundation

/// An element of the page that holds data, which no browser runs or shows: pictures in base 64, or JSON.
struct ReportElement {
  /// The element's text, with itself around it.
  let data: Data

  /// Holds a picture.
  init(_ id: String, _ picture: Data) {
    self.init(id, type: "text/plain", text: picture.base64EncodedData())
  }

  /// Holds JSON. Its strings may have anything: what could end the element, or begin another one, is spelt otherwise.
  init(_ id: String, json: Data) {
    self.init(id, type: "application/json", text: Self.spelt(json))
  }

  private init(_ id: String, type: String, text: Data) {
    data = Data(#"<script type="\#(type)" id="\#(id)">"#.utf8) + text + Data("</script>\n".utf8)
  }

  /// JSON has these bytes in strings alone, where an escape says the same.
  private static func spelt(_ json: Data) -> Data {
    var text = Data(capacity: json.count)
    for byte in json {
      switch byte {
      case UInt8(ascii: "<"): text += Data(#"\u003C"#.utf8)
      case UInt8(ascii: ">"): text += Data(#"\u003E"#.utf8)
      case UInt8(ascii: "&"): text += Data(#"\u0026"#.utf8)
      default: text.append(byte)
      }
    }
    return text
  }
}
