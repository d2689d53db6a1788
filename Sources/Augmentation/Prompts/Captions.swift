import DurableFiles
import Faults
public import Foundation
import SegmentationDatasets

/// Captions of images, by stem.
///
/// Four layouts are read. JSON lines, `{"image": "2007_000032", "caption": "a plane"}` each, where the
/// image may also be called `file_name`, the caption `text`, as in Hugging Face's `metadata.jsonl`, and
/// where the image may carry folders and an extension. CSV with such names in its first line. COCO's
/// captions, one object with `images` and `annotations`. And a folder of text files, which are named like
/// the images and hold a caption a line. The first caption of an image counts.
public struct Captions: Sendable {
  /// Captions without surrounding white space, by the image's stem.
  public let byStem: [String: String]
  /// How many captions were left aside because their image had one already.
  public let surplus: Int

  /// Reads a captions file, or a folder of text files.
  ///
  /// - Throws: ``AugmentationError`` naming the file and the line.
  public init(contentsOf url: URL) throws {
    let status = try readingCaptions(url) { () throws(POSIXError) in
      try FileStatus(of: url, followingLinks: true)
    }
    if status.kind == .folder {
      try self.init(CaptionTexts.captions(in: url), name: url.path)
    } else {
      let data = try readingCaptions(url) { () throws(POSIXError) in try readFile(url) }
      try self.init(decoding: data, name: url.path)
    }
  }

  /// Reads the bytes of a captions file called `name` in messages.
  package init(decoding data: Data, name: String) throws {
    let captions =
      if Self.isJSON(data) {
        try COCOCaptions.captions(in: data, name: name)
          ?? CaptionLines.captions(in: data, name: name)
      } else {
        try CSVCaptions.captions(in: data, name: name)
      }
    try self.init(captions, name: name)
  }

  private static func isJSON(_ data: Data) -> Bool {
    // Bytes beyond ASCII at the beginning are a byte order mark.
    let first = data.first { (UInt8(ascii: "!")..<0x80).contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private init(_ captions: [Caption], name: String) throws {
    let captions = captions.filter { !$0.text.isEmpty }
    byStem = Dictionary(captions.map { ($0.stem, $0.text) }) { first, _ in first }
    surplus = captions.count - byStem.count
    guard !byStem.isEmpty else {
      throw AugmentationError(
        .badData,
        "\(name): there is no caption here. Expected JSON lines such as "
          + #"{"image": "2007_000032", "caption": "a plane on the tarmac"}, CSV that begins with "#
          + "'image,caption', COCO's captions, or a folder of text files named like the photographs."
      )
    }
  }
}
