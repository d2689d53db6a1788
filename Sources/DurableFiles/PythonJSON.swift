package import Foundation

/// Decodes JSON as Python's `json` writes it: beyond the standard with `NaN`, `Infinity` and `-Infinity`
/// among the numbers.
///
/// Those three words get quotation marks, and numbers are read from such texts. Foundation knows them as a
/// part of JSON5, but its reader of JSON5 ends the process where UTF-8 is broken.
package struct PythonJSONDecoder {
  /// Decodes one value.
  ///
  /// - Throws: `DecodingError` for what is no JSON, or of another type.
  package func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(type, from: Self.quotingWords(in: data))
  }

  private static let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }

  /// The same text with quotation marks around the words that stand outside of strings.
  private static func quotingWords(in data: Data) -> Data {
    let bytes = [UInt8](data)
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var (quoted, copied, position, isInString) = (Data(), 0, 0, false)
    while position < bytes.count {
      let byte = bytes[position]
      if isInString && byte == backslash {
        position += 1
      } else if byte == quote {
        isInString.toggle()
      } else if !isInString, let word = words.first(where: { bytes[position...].starts(with: $0) })
      {
        quoted.append(contentsOf: bytes[copied..<position] + [quote] + word + [quote])
        position += word.count
        copied = position
        continue
      }
      position += 1
    }
    return copied == 0 ? data : quoted + bytes[copied...]
  }
}

extension JSONDecoder {
  /// Reads JSON as Python writes it.
  package static var python: PythonJSONDecoder { PythonJSONDecoder() }
}
