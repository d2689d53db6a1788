public import Foundation

/// The output folder of a run that is still going or was stopped: there is no list in it yet.
public enum UnfinishedRun {
  /// Whether a folder is that of an unfinished run.
  public static func owns(_ root: URL) -> Bool {
    func isThere(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }
    return isThere(OutputFolder.identityPath) && !isThere(AugmentationRun.list)
  }
}
