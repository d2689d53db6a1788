import DurableFiles
import Faults
import Foundation

/// The folder that a synthetic model is being written to, for one process alone.
///
/// A file in it says so until the model is whole. What a stopped process left is told by that file, and
/// the next begins anew; whoever has put something else there loses nothing.
struct SynthesisFolder {
  private let root: URL
  private let lock: FolderLock
  private var marker: URL { root.appendingPathComponent(Self.markerName) }

  private static let markerName = ".spolvero-synthesis"

  /// The files that a synthesis of any architecture leaves.
  private static let files = Set(
    SyntheticArchitecture.allCases.flatMap { SyntheticFile.all(of: $0, seed: 0).map(\.path) }
      + [markerName])
  private static let folders = Set(
    files.filter { $0.contains("/") }.map { String($0.prefix { $0 != "/" }) })

  /// Makes the folder, or empties one that a stopped synthesis left.
  ///
  /// - Throws: ``PipelineError`` when it holds anything else or when another process is writing to it,
  ///   `WritingError` when it cannot be made.
  init(at root: URL) throws {
    self.root = root
    try makeFolder(root)
    guard let lock = try writing(root, { try FolderLock(root) }) else {
      throw PipelineError(
        .busy,
        "\(root.path): another model is being written to this folder. Wait for it, or choose another one"
      )
    }
    self.lock = lock
    let remains = try Self.remains(in: root)
    try replaceFile(at: marker) { _ in }
    // Folders come after what is in them.
    for path in remains.sorted(by: >) where path != Self.markerName {
      unsafe remove(root.appendingPathComponent(path).path)
    }
  }

  /// Says that the model is whole.
  func finish() throws {
    try writing(marker) {
      guard unsafe unlink(marker.path) == 0 else { throw POSIXError.last }
    }
  }

  /// What a stopped synthesis left.
  private static func remains(in root: URL) throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    let foreign = try paths.first { try !isOurs($0, in: root) }
    guard foreign == nil, paths.contains(markerName) || paths.allSatisfy(isPartial) else {
      throw PipelineError(
        .cannotCreate, "\(root.path) holds something already; name a folder that is empty or new",
        remedies: [Remedy(.output)])
    }
    return paths
  }

  private static func isOurs(_ path: String, in root: URL) throws -> Bool {
    let url = root.appendingPathComponent(path)
    return switch try writing(url, { try FileStatus(of: url, followingLinks: false) })?.kind {
    case .file: files.contains(path) || isPartial(path)
    case .folder: folders.contains(path)
    case nil, .link, .other: false
    }
  }

  private static func isPartial(_ path: String) -> Bool {
    isPartialFile(URL(fileURLWithPath: path).lastPathComponent)
  }
}
