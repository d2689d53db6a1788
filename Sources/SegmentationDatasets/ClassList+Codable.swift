import ImageFiles

/// As JSON: `names` by id, the `background` where there is one, the `ignored` ids, and `colours` by id where they are
/// not VOC's.
extension ClassList: Codable {
  private enum CodingKeys: String, CodingKey { case names, background, ignored, colours }

  /// Writes one object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(names.byText, forKey: .names)
    try container.encodeIfPresent(background, forKey: .background)
    try container.encode(ignored.sorted(), forKey: .ignored)
    let own = palette.indices.filter { palette[$0] != Palette.voc[$0] }
    let colours = own.map { (UInt8($0), palette[$0]) }.map { id, colour in
      (id, [colour.red, colour.green, colour.blue])
    }
    try container.encode(Dictionary(uniqueKeysWithValues: colours).byText, forKey: .colours)
  }

  /// Reads one object.
  ///
  /// - Throws: `DecodingError` for ids beyond 255, an ignored class, or a colour without three parts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func byID<Value: Decodable>(_ key: CodingKeys, _ type: Value.Type) throws -> [UInt8: Value] {
      let values = try container.decode([String: Value].self, forKey: key)
      return Dictionary(
        try values.map { text, value in
          guard let id = UInt8(text) else { throw Self.error(key, "\(text) is no id", container) }
          return (id, value)
        }
      ) { first, _ in first }
    }
    let names = try byID(.names, String.self)
    let background = try container.decodeIfPresent(UInt8.self, forKey: .background)
    let ignored = Set(try container.decode([UInt8].self, forKey: .ignored))
    guard ignored.isDisjoint(with: names.keys), !ignored.contains(where: { $0 == background })
    else { throw Self.error(.ignored, "an ignored id has a meaning", container) }
    var palette = Palette.voc
    for (id, channels) in try byID(.colours, [UInt8].self) {
      guard channels.count == 3 else { throw Self.error(.colours, "no colour", container) }
      palette[Int(id)] = RGB(channels[0], channels[1], channels[2])
    }
    self.init(
      names: names, encoding: LabelEncoding(background: background, ignored: ignored),
      palette: palette)
  }

  private static func error(
    _ key: CodingKeys, _ found: String, _ container: KeyedDecodingContainer<CodingKeys>
  ) -> DecodingError {
    .dataCorruptedError(forKey: key, in: container, debugDescription: found)
  }
}

extension Dictionary where Key == UInt8 {
  /// The same by the decimal number, which is how JSON writes keys.
  fileprivate var byText: [String: Value] {
    Dictionary<String, Value>(uniqueKeysWithValues: map { (String($0.key), $0.value) })
  }
}
