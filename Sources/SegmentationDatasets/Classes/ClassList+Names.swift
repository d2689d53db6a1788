import ImageFiles

extension ClassList {
  /// Classes whose ids count up.
  ///
  /// - Parameters:
  ///   - text: The names, between commas.
  ///   - first: The id of the first one.
  ///   - colours: The colours in their order, as six hexadecimal digits each; VOC's where there are none.
  init(named text: String, from first: UInt8, encoding: LabelEncoding, colours: String = "") {
    var palette = Palette.voc
    for (place, colour) in colours.split(whereSeparator: \.isWhitespace).enumerated() {
      let number = UInt32(colour, radix: 16) ?? 0
      palette[Int(first) + place] = RGB(
        UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff))
    }
    self.init(
      names: Dictionary(uniqueKeysWithValues: zip(first..., Self.names(in: text))),
      encoding: encoding, palette: palette)
  }

  /// The names between commas.
  static func names(in text: String) -> [String] {
    text.split(separator: ",").map { name in
      name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }
}
