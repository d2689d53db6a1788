import Foundation

extension URL {
  /// Refuses an output folder that is the dataset's or lies in it, whatever symbolic links say.
  func refuse(inside dataset: URL) throws {
    let (output, root) = (resolved, dataset.resolved)
    guard output == root || output.hasPrefix(root + "/") else { return }
    throw AugmentationError(
      .cannotCreate,
      "\(path): this folder is inside the dataset, \(dataset.path), which is never changed. Choose "
        + "another folder with --output.")
  }

  /// The path without symbolic links, of something that need not exist.
  private var resolved: String {
    var existing = absoluteURL.standardizedFileURL
    var rest: [String] = []
    while existing.path != "/" && !FileManager.default.fileExists(atPath: existing.path) {
      rest.insert(existing.lastPathComponent, at: 0)
      existing.deleteLastPathComponent()
    }
    return rest.reduce(existing.resolvingSymlinksInPath()) { $0.appendingPathComponent($1) }
      .standardizedFileURL.path
  }
}
