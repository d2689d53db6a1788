import DurableFiles
import Faults
import Foundation
import SegmentationDatasets

/// Reads the files of sources, and makes sure that they are those that the run was planned with.
struct SourceReader: Sendable {
  let read: SegmentationDataset.Reader

  /// All files of a source.
  func files(of source: AugmentationSource) throws -> SourceFiles {
    let (entry, hashes) = (source.entry, source.hashes)
    return SourceFiles(
      entry: entry, image: try data(at: entry.image, hashes.image),
      mask: try data(at: entry.mask, hashes.mask),
      instances: try entry.instances.map { try data(at: $0, hashes.instances) })
  }

  /// The bytes of a file.
  ///
  /// - Parameter hash: The SHA-256 that they had.
  func data(at url: URL, _ hash: String?) throws -> Data {
    let data: Data
    do throws(POSIXError) {
      guard let found = try read(url) else { throw POSIXError(.ENOENT) }
      data = found
    } catch {
      throw AugmentationError(
        error.code == .ENOENT ? .noInput : .inputOutput,
        "\(url.path): this file cannot be read any more (\(error.code.text)). Put it back and start "
          + "again.")
    }
    guard data.sha256 == hash else {
      throw AugmentationError(
        .badData,
        "\(url.path): this file has changed since the run started. Leave the dataset as it is while "
          + "it is augmented; start again with a new output folder.",
        remedies: [Remedy(.output)])
    }
    return data
  }
}
