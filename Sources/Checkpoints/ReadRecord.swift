import Synchronization

/// The names that have been read so far, from any thread.
final class ReadRecord: Sendable {
  private let names = Mutex<Set<String>>([])

  /// Notes that a name was read.
  func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

  /// The names among `all` that were not read, in their order.
  func unread(of all: [String]) -> [String] {
    let read = names.withLock { $0 }
    return all.filter { !read.contains($0) }
  }
}
