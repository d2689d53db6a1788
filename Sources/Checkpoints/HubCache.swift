import Foundation

/// The cache of Hugging Face's hub, which keeps a repository as
///
///     models--OWNER--NAME/refs/main              the commit in use
///     models--OWNER--NAME/snapshots/COMMIT/…     its files
///
/// Source: <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>.
enum HubCache {
  /// The snapshot that `refs/main` names, or the only one; nil when the folder is no such entry.
  ///
  /// - Throws: ``CheckpointError`` when there are several, and none is in use.
  static func snapshot(of folder: URL) throws -> URL? {
    let snapshots = folder.appendingPathComponent("snapshots", isDirectory: true)
    let found = (try? FileManager.default.contentsOfDirectory(atPath: snapshots.path)) ?? []
    if found.isEmpty { return nil }
    let main = try? String(
      contentsOf: folder.appendingPathComponent("refs/main"), encoding: .utf8)
    let commit = main?.trimmingCharacters(in: .whitespacesAndNewlines)
    if let commit, found.contains(commit) { return snapshots.appendingPathComponent(commit) }
    if found.count == 1 { return snapshots.appendingPathComponent(found[0]) }
    throw CheckpointError(
      .configuration(
        "this is an entry of Hugging Face's cache with \(found.count) snapshots, and refs/main names "
          + "none of them; name one of the folders in \(snapshots.path)"), in: folder.path)
  }
}
