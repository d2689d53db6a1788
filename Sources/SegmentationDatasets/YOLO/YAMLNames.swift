import Foundation

/// The classes in a `data.yaml`: a list or a mapping under `names`, in a line or in several.
struct YAMLNames {
  /// By their numbers, from 0.
  let names: [Int: String]

  /// Reads the file.
  ///
  /// - Throws: ``DatasetError`` for a file without names.
  init(contentsOf url: URL) throws {
    let data = try contents(of: url, "the list of classes", "Check the path.")
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Self.uncommented)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("names:") }) else {
      throw Self.error(url)
    }
    let first = lines[start].dropFirst("names:".count).trimmingCharacters(in: .whitespaces)
    let block = lines[(start + 1)...].prefix { line in
      line.isEmpty || line.first?.isWhitespace == true || line.hasPrefix("-")
    }
    let text = ([first] + block).joined(separator: "\n")
    names = try Self.entries(text).enumerated().reduce(into: [:]) {
      names, entry in
      let (number, name) = Self.parts(entry.element)
      guard names.updateValue(name, forKey: number ?? entry.offset) == nil else {
        throw Self.error(url)
      }
    }
    guard !names.isEmpty, names.keys.allSatisfy({ $0 >= 0 }) else { throw Self.error(url) }
  }

  /// The entries of a list or mapping, of either style.
  private static func entries(_ text: String) -> [String] {
    let isFlow = text.hasPrefix("[") || text.hasPrefix("{")
    let parts = text.split { isFlow ? ",[]{}\n".contains($0) : $0 == "\n" }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      .map { $0.hasPrefix("- ") ? String($0.dropFirst(2)) : $0 }
  }

  private static func parts(_ entry: String) -> (Int?, String) {
    let parts = entry.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0].trimmingCharacters(in: .whitespaces)) else {
      return (nil, unquoted(entry))
    }
    return (number, unquoted(String(parts[1])))
  }

  private static func unquoted(_ text: String) -> String {
    let plain = text.trimmingCharacters(in: .whitespaces)
    guard plain.count >= 2, let quote = plain.first, "'\"".contains(quote), plain.last == quote
    else { return plain }
    let inside = String(plain.dropFirst().dropLast())
    return quote == "'" ? inside.replacing("''", with: "'") : inside
  }

  private static func uncommented(_ line: Substring) -> String {
    line.range(of: " #").map { String(line[..<$0.lowerBound]) }
      ?? (line.hasPrefix("#") ? "" : String(line))
  }

  private static func error(_ url: URL) -> DatasetError {
    DatasetError(
      url.path, "this file does not say what the classes are",
      "Expected 'names:' and a list, or numbers from 0 with names.")
  }
}
