import Foundation
import Tensors

extension SafetensorsHeader {
  /// The header's JSON: one object a tensor, and text under `__metadata__`.
  struct Document: Decodable {
    /// The key that no tensor can have.
    static let metadataKey = "__metadata__"

    let metadata: [String: String]
    let tensors: [String: Tensor]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      var tensors: [String: Tensor] = [:]
      for key in container.allKeys where key.stringValue != Self.metadataKey {
        tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
      }
      self.tensors = tensors
      metadata =
        try container.decodeIfPresent([String: String].self, forKey: AnyKey(Self.metadataKey))
        ?? [:]
    }
  }
}

extension SafetensorsHeader.Document {
  /// What the header says about one tensor.
  struct Tensor: Decodable {
    let dtype: ElementType
    let shape: [Int]
    /// First byte and end, counted from the end of the header.
    let offsets: (begin: Int, end: Int)

    private enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let type = try container.decode(String.self, forKey: .dtype)
      guard let dtype = ElementType(rawValue: type) else {
        throw DecodingError.dataCorruptedError(
          forKey: .dtype, in: container, debugDescription: "the type \(type) is unknown")
      }
      self.dtype = dtype
      shape = try container.decode([Int].self, forKey: .shape)
      let pair = try container.decode([Int].self, forKey: .offsets)
      guard pair.count == 2, (shape + pair).allSatisfy({ $0 >= 0 }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .offsets, in: container,
          debugDescription: "shape \(shape) and data_offsets \(pair) must be sizes")
      }
      offsets = (pair[0], pair[1])
    }

    /// The bytes that shape and type account for.
    func byteCount(of name: String) throws -> Int {
      let bits = try (shape + [dtype.bitCount]).reduce(1) { count, extent in
        let (product, overflow) = count.multipliedReportingOverflow(by: extent)
        if overflow { throw SafetensorsHeader.Rule("the shape \(shape) of '\(name)' overflows") }
        return product
      }
      guard bits % 8 == 0 else {
        throw SafetensorsHeader.Rule(
          "'\(name)', \(shape) of \(dtype.rawValue), does not fill whole bytes")
      }
      return bits / 8
    }
  }
}
