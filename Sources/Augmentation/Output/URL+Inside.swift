import DurableFiles
import Faults
import Foundation

extension URL {
  /// Refuses an output folder that is an input's or lies in it, whatever symbolic links say.
  func refuse(inside input: URL, called name: String = "the dataset") throws {
    let (output, root) = (try resolved(), try input.resolved())
    guard output == root || output.hasPrefix(root + "/") else { return }
    throw AugmentationError(
      .cannotCreate,
      "\(path): this folder is inside \(name), \(input.path), which is never changed. Choose "
        + "another folder.", remedies: [Remedy(.output)])
  }

  /// The path without symbolic links, of something that need not exist.
  private func resolved() throws -> String {
    // '..' is left to the system: behind a link it is not the folder that the text says.
    var existing = absoluteURL
    var rest: [String] = []
    while existing.path != "/", try existing.isMissing() {
      rest.insert(existing.lastPathComponent, at: 0)
      existing.deleteLastPathComponent()
    }
    return rest.reduce(try existing.real()) { $0.appendingPathComponent($1) }
      .standardizedFileURL.path
  }

  private func real() throws -> URL {
    try reading(self) { () throws(POSIXError) in
      guard let path = unsafe realpath(path, nil) else { throw .last }
      defer { unsafe free(path) }
      return unsafe URL(fileURLWithPath: String(cString: path))
    }
  }

  private func isMissing() throws -> Bool {
    try reading(self) { () throws(POSIXError) in
      try FileStatus(of: self, followingLinks: true) == nil
    }
  }
}
