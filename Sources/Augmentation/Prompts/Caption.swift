import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

/// A caption of the image with some stem.
struct Caption {
  let stem: String
  /// Without surrounding white space; may be empty.
  let text: String

  /// - Parameter image: A stem or a file's name, with folders or not.
  init(image: String, text: String) {
    stem = PhotographName.stem(of: image)
    self.text = text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Explains why captions could not be read, and takes nil for a file or folder that is not there.
func readingCaptions<Value>(_ url: URL, _ body: () throws(POSIXError) -> Value?) throws -> Value {
  do throws(POSIXError) {
    if let value = try body() { return value }
    throw POSIXError(.ENOENT)
  } catch {
    throw AugmentationError(
      .noInput, "\(url.path): the captions cannot be read (\(error.code.text)). Check the path.",
      remedies: [Remedy(.captions)])
  }
}
