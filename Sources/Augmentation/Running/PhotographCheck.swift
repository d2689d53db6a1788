import Dispatch
import ImageFiles
import Synchronization

extension AugmentationPlan {
  /// Decodes every photograph, on all cores, so that a damaged one is found before hours of painting.
  ///
  /// - Throws: ``AugmentationError`` with the first ten problems and their number.
  func checkPhotographs(_ interruption: Interruption) throws {
    let problems = Mutex([Int: String]())
    DispatchQueue.concurrentPerform(iterations: sources.count) { index in
      guard !interruption.isRequested else { return }
      do { _ = try Image(contentsOf: sources[index].photograph) } catch {
        problems.withLock { $0[index] = "\(error)" }
      }
    }
    try interruption.check()
    let found = problems.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    guard !found.isEmpty else { return }
    let more = found.count > 10 ? "\n… and \(found.count - 10) more" : ""
    throw AugmentationError(.badData, found.prefix(10).joined(separator: "\n") + more)
  }
}
