import DurableFiles
public import Foundation
public import SegmentationDatasets

extension ClassList {
  /// The classes that the run in a folder was planned with, so that who looks at its output need not name them.
  ///
  /// - Returns: nil for a folder that no run of this version has made.
  public init?(ofRunIn root: URL) {
    let description = root.appendingPathComponent(OutputFolder.identityPath)
    guard let data = (try? readFile(description)) ?? nil,
      let identity = RunIdentity(decoding: data)
    else { return nil }
    self = identity.classes
  }
}
