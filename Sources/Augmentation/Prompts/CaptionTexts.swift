import DurableFiles
import Faults
import Foundation

/// Captions as text files, each named like its image: `2007_000032.txt`, with a caption a line.
enum CaptionTexts {
  /// The captions of all text files in a folder, by the files' names; other files are passed over.
  static func captions(in folder: URL) throws -> [Caption] {
    let names = try readingCaptions(folder) { () throws(POSIXError) in try namesInFolder(folder) }
    return try names.filter { $0.hasSuffix(".txt") }.flatMap { name in
      try text(of: folder.appendingPathComponent(name)).split(whereSeparator: \.isNewline)
        .map { Caption(image: String(name.dropLast(".txt".count)), text: String($0)) }
    }
  }

  private static func text(of url: URL) throws -> String {
    let data = try readingCaptions(url) { () throws(POSIXError) in try readFile(url) }
    guard let text = String(data: data, encoding: .utf8) else {
      throw AugmentationError(
        .badData, "\(url.path): this is no text in UTF-8. Save the captions in UTF-8.")
    }
    return text
  }
}
