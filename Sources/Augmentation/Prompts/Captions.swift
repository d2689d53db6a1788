import DurableFiles
public import Foundation
import SegmentationDatasets

/// Captions of pictures, by stem.
///
/// Two layouts are read: JSON lines, `{"image": "2007_000032", "caption": "a plane"}` each, where the
/// picture may also be called `file_name` and may carry folders and an extension; and COCO's captions,
/// one object with `images` and `annotations`. The first caption of a picture counts.
public struct Captions: Sendable {
  /// Captions without surrounding white space, by the picture's stem.
  public let byStem: [String: String]
  /// How many captions were left aside because their picture had one already.
  public let surplus: Int

  /// Reads a captions file.
  ///
  /// - Throws: ``AugmentationError`` naming the file and the line.
  public init(contentsOf url: URL) throws {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw AugmentationError(
        .noInput,
        "\(url.path): the captions cannot be read (\(reason(of: error))). Check --captions.")
    }
    try self.init(decoding: data, name: url.path)
  }

  /// Reads the bytes of a captions file called `name` in messages.
  package init(decoding data: Data, name: String) throws {
    let pairs = try COCOCaptions.pairs(in: data, name: name) ?? Self.lines(in: data, name: name)
    let captioned = pairs.filter { !$0.caption.isEmpty }
    byStem = Dictionary(captioned.map { ($0.stem, $0.caption) }) { first, _ in first }
    surplus = captioned.count - byStem.count
    guard !byStem.isEmpty else {
      throw AugmentationError(
        .badData,
        "\(name): there is no caption in this file. Expected JSON lines such as "
          + #"{"image": "2007_000032", "caption": "a plane on the tarmac"} or COCO's captions."#)
    }
  }

  private static func lines(in data: Data, name: String) throws -> [Caption] {
    // Splitting bytes keeps line numbers right whatever separators Unicode may see in a caption.
    try data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return nil }
        guard let record = try? JSONDecoder.python.decode(Line.self, from: Data(line)),
          let image = record.image ?? record.fileName
        else {
          throw AugmentationError(
            .badData,
            "\(name):\(index + 1): not a caption. Expected a JSON object with the text fields "
              + #""image" (or "file_name") and "caption", found \#(excerpt(of: line))."#)
        }
        return Caption(image: image, text: record.caption)
      }
  }

  private static func excerpt(of line: Data) -> String {
    let text = String(decoding: line.prefix(60), as: UTF8.self)
      .trimmingCharacters(in: .whitespaces)
    return "'\(text)\(line.count > 60 ? "…" : "")'"
  }

  private struct Line: Decodable {
    let image, fileName: String?
    let caption: String

    enum CodingKeys: String, CodingKey {
      case image, caption
      case fileName = "file_name"
    }
  }
}

/// A caption of the picture with some stem.
struct Caption {
  let stem: String
  let caption: String

  /// - Parameter image: A stem or a file's name, with folders or not.
  init(image: String, text: String) {
    stem = PhotographName.stem(of: image)
    caption = text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
