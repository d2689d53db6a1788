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
      mask: try data(of: entry.mask, hashes.mask),
      instances: try entry.instances.map { try data(of: $0, hashes.instances) })
  }

  /// The bytes of a photograph's file.
  ///
  /// - Parameter hash: The SHA-256 that they had.
  func data(at url: URL, _ hash: String?) throws -> Data {
    try unchanged(file(url), hash, url)
  }

  /// The bytes of labels.
  ///
  /// - Parameter hash: The SHA-256 that they had.
  func data(of labels: LabelSource, _ hash: String?) throws -> Data {
    let file = labels.readsFile ? try file(labels.url) : Data()
    return try unchanged(labels.data(from: file), hash, labels.url)
  }

  private func file(_ url: URL) throws -> Data {
    do throws(POSIXError) {
      guard let found = try read(url) else { throw POSIXError(.ENOENT) }
      return found
    } catch {
      throw AugmentationError(
        error.code == .ENOENT ? .noInput : .inputOutput,
        "\(url.path): this file cannot be read any more (\(error.code.text)). Put it back and start "
          + "again.")
    }
  }

  private func unchanged(_ data: Data, _ hash: String?, _ url: URL) throws -> Data {
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
