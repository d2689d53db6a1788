package import Foundation

extension JSONDecoder {
  /// Reads JSON as Python's `json` writes it: beyond the standard with `NaN`, `Infinity` and
  /// `-Infinity` among the numbers.
  package static var python: JSONDecoder {
    let decoder = JSONDecoder()
    // JSON5 has these numbers, and what it allows besides is no JSON that could mean something else.
    decoder.allowsJSON5 = true
    return decoder
  }
}
