import DurableFiles
public import Foundation
import SegmentationDatasets

/// The output folder of a run that is still going or was stopped: there is no list in it yet.
public enum UnfinishedRun {
  /// Whether a folder is that of an unfinished run.
  ///
  /// - Throws: ``AugmentationError`` when the system cannot say what is there.
  public static func owns(_ root: URL) throws -> Bool {
    func isThere(_ path: String) throws -> Bool {
      let url = root.appendingPathComponent(path)
      return try reading(url) { () throws(POSIXError) in
        try FileStatus(of: url, followingLinks: true) != nil
      }
    }
    guard try isThere(OutputFolder.identityPath) else { return false }
    return try !DatasetLayouts.all.contains {
      try isThere($0.listPath(of: AugmentationRun.split))
    }
  }
}
