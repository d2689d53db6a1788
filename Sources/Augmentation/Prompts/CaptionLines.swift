import DurableFiles
import Faults
import Foundation

/// Captions as JSON lines, one object a line.
struct CaptionLines: Decodable {
  private let image, fileName, caption, text: String?

  private enum CodingKeys: String, CodingKey {
    case image, caption, text
    case fileName = "file_name"
  }

  /// The file's captions in their order.
  static func captions(in data: Data, name: String) throws -> [Caption] {
    // Splitting bytes keeps line numbers right whatever separators Unicode may see in a caption.
    try data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return nil }
        guard let record = try? JSONDecoder.python.decode(Self.self, from: Data(line)),
          let image = record.image ?? record.fileName, let text = record.caption ?? record.text
        else {
          throw AugmentationError(
            .badData,
            "\(name):\(index + 1): not a caption. Expected a JSON object with the text fields "
              + #""image" (or "file_name") and "caption" (or "text"), found \#(excerpt(of: line))."#
          )
        }
        return Caption(image: image, text: text)
      }
  }

  private static func excerpt(of line: Data) -> String {
    let text = String(decoding: line.prefix(60), as: UTF8.self)
      .trimmingCharacters(in: .whitespaces)
    return "'\(text)\(line.count > 60 ? "…" : "")'"
  }
}
