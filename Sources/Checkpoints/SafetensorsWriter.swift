import DurableFiles
public import Foundation
public import Tensors

/// Writes tensors to a safetensors file, one at a time.
///
/// The bytes are those that the original library writes for the same tensors and at most one metadata
/// entry: larger element types first, then by name, and a header padded with blanks to 8 bytes.
public struct SafetensorsWriter {
  private struct Item {
    let name: String
    let elementType: ElementType
    let shape: Shape
    let bytes: () throws -> Data

    var byteCount: Int { shape.count * elementType.bitCount / 8 }

    func checkedBytes() throws -> Data {
      let bytes = try bytes()
      precondition(
        bytes.count == byteCount,
        "SafetensorsWriter: '\(name)' has \(bytes.count) bytes, expected \(byteCount)")
      return bytes
    }
  }

  private let metadata: [String: String]
  private var items: [Item] = []
  private var names: Set<String> = [SafetensorsHeader.Document.metadataKey]

  /// Starts an empty file.
  ///
  /// - Parameter metadata: Free text; PyTorch's readers look for `format: pt`.
  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// Adds a tensor whose bytes are asked for when they are written.
  ///
  /// - Parameters:
  ///   - name: The full name, unlike all others.
  ///   - elementType: How the elements are stored; together they must fill whole bytes.
  ///   - shape: The extents, outermost first.
  ///   - bytes: Row-major little-endian elements.
  public mutating func add(
    _ name: String, _ elementType: ElementType, _ shape: Shape,
    bytes: @escaping () throws -> Data
  ) {
    precondition(names.insert(name).inserted, "SafetensorsWriter: the name '\(name)' is taken")
    items.append(Item(name: name, elementType: elementType, shape: shape, bytes: bytes))
  }

  /// Adds a tensor as it is stored on its device.
  public mutating func add(_ name: String, _ tensor: Tensor) {
    add(name, ElementType(tensor.dtype), tensor.shape) { Data(tensor.bytes()) }
  }

  /// Writes the file. It appears under its name when it is complete; nothing is left when it fails.
  ///
  /// - Throws: `WritingError` when the file cannot be written, and what a tensor's bytes throw.
  public func write(to url: URL) throws {
    let items = items.sorted {
      $0.elementType == $1.elementType
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.elementType > $1.elementType
    }
    try replaceFile(at: url) { file in
      try file.write(header(of: items))
      for item in items { try file.write(item.checkedBytes()) }
    }
  }

  /// Length and JSON of the header.
  private func header(of items: [Item]) throws -> Data {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = try metadata.sorted { $0.key < $1.key }.map {
        try "\(quoted($0.key)):\(quoted($0.value))"
      }
      let key = SafetensorsHeader.Document.metadataKey
      members.append("\"\(key)\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for item in items {
      let shape = item.shape.dimensions.map(String.init).joined(separator: ",")
      let end = offset + item.byteCount
      members.append(
        try "\(quoted(item.name)):{\"dtype\":\"\(item.elementType.rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var json = Data("{\(members.joined(separator: ","))}".utf8)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    let length = UInt64(json.count)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + json
  }

  /// Text as JSON spells it.
  private func quoted(_ text: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(text), as: UTF8.self)
  }
}
