import DurableFiles
import Faults
import Foundation

/// The SHA-256 of every source's files, and the files' bytes as they were when those were taken.
struct SourceHashes: Sendable {
  /// By source.
  let photographs, masks: [String]

  init(of sources: [AugmentationSource], interruption: Interruption) throws {
    photographs = try sources.map { try $0.photograph.sha256(check: interruption.check) }
    masks = try sources.map { try $0.mask.sha256(check: interruption.check) }
  }

  /// One SHA-256 over all files, in the dataset's order.
  var digest: String { Data(zip(photographs, masks).map { $0 + $1 }.joined().utf8).sha256 }

  func photograph(_ index: Int, of source: AugmentationSource) throws -> Data {
    try Self.read(source.photograph, expecting: photographs[index])
  }

  func mask(_ index: Int, of source: AugmentationSource) throws -> Data {
    try Self.read(source.mask, expecting: masks[index])
  }

  private static func read(_ url: URL, expecting hash: String) throws -> Data {
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw AugmentationError(
        .noInput,
        "\(url.path): this file cannot be read any more (\(reason(of: error))). Put it back and start "
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
