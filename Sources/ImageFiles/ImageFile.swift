import Faults
import Foundation

/// The bytes of an image's file and the name to use in messages.
struct ImageFile {
  /// Above this many pixels a header is taken for a decompression bomb: 2²⁸ are 16384 × 16384.
  static let largestPixelCount = 1 << 28

  /// What a file has beyond 4 GiB is not read: no image needs it.
  static let largestByteCount = 1 << 32

  let name: String
  let bytes: [UInt8]

  /// - Parameter limit: How many bytes of the file are enough.
  init(contentsOf url: URL, upTo limit: Int? = nil) throws(ImageError) {
    name = url.path
    bytes = try readRegularFile(at: url, upTo: limit ?? Self.largestByteCount)
  }

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// What the first bytes say that the file is; the file's extension is not asked.
  enum Format { case png, jpeg }

  func format() throws(ImageError) -> Format {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
    if bytes.starts(with: [0xFF, 0xD8]) { return .jpeg }
    throw error(
      "this is \(nameOfForeignFormat()), neither PNG nor JPEG",
      "Convert it to PNG or JPEG; renaming it is not enough.")
  }

  /// Refuses dimensions that no photograph has, before memory for them is taken.
  func checkPixelCount(width: UInt32, height: UInt32) throws(ImageError) {
    let (count, overflow) = Int(width).multipliedReportingOverflow(by: Int(height))
    guard overflow || count > Self.largestPixelCount else { return }
    throw error(
      "the header announces \(width)×\(height) pixels, more than the \(Self.largestPixelCount)"
        + " allowed", "Check that the file is what it should be, or scale it down.")
  }

  /// An error about the file's content.
  func error(_ found: String, _ remedy: String) -> ImageError {
    ImageError(.badData, file: name, found: found, remedy: remedy)
  }

  private func nameOfForeignFormat() -> String {
    if bytes.isEmpty { return "an empty file" }
    let signatures: [(String, [UInt8])] = [
      ("a GIF", Array("GIF8".utf8)), ("a BMP", Array("BM".utf8)),
      ("a TIFF", [0x49, 0x49, 0x2A, 0]), ("a TIFF", [0x4D, 0x4D, 0, 0x2A]),
      ("a WebP", Array("RIFF".utf8)), ("a Git LFS pointer", Array("version https://git-lfs".utf8)),
    ]
    return signatures.first { bytes.starts(with: $0.1) }?.0 ?? "an unknown kind of file"
  }
}
