import Augmentation
import Foundation
import Synchronization

/// A disk that fails at its n-th operation, in one of two ways.
final class FailingFiles: OutputFiles {
  enum Failure: Sendable, CaseIterable {
    /// As if the process were killed: the operation is not done, or half done where data is written,
    /// and nothing more happens afterwards, no tidying up either.
    case kill, killHalfway
    /// The disk is full from now on; files can still be removed.
    case full
  }

  struct Killed: Error {}

  private let failure: Failure
  private let countdown: Mutex<Int>
  private let disk = Disk()

  init(_ failure: Failure, after operations: Int) {
    self.failure = failure
    countdown = Mutex(operations)
  }

  /// Whether the failure has happened.
  var hasFailed: Bool { countdown.withLock { $0 < 0 } }

  /// - Returns: Operations left before the failure; 0 for the one that fails, below for later ones.
  private func next() -> Int {
    countdown.withLock { left in
      defer { left -= 1 }
      return left
    }
  }

  func makeFolder(_ url: URL) throws {
    if next() <= 0 && failure != .full { throw Killed() }
    try disk.makeFolder(url)
  }

  func write(_ data: Data, to url: URL, for destination: URL) throws {
    let left = next()
    guard left <= 0 else { return try disk.write(data, to: url, for: destination) }
    if left == 0 && failure != .kill || failure == .full {
      try disk.write(data.prefix(data.count / 2), to: url, for: destination)
    }
    throw failure == .full ? AugmentationError.writing(destination, ENOSPC) : Killed()
  }

  func append(_ data: Data, to url: URL) throws {
    let left = next()
    guard left <= 0 else { return try disk.append(data, to: url) }
    if left == 0 && failure == .killHalfway {
      try disk.append(data.prefix(data.count / 2), to: url)
    }
    throw failure == .full ? AugmentationError.writing(url, ENOSPC) : Killed()
  }

  func rename(_ url: URL, to destination: URL) throws {
    if next() <= 0 && failure != .full { throw Killed() }
    try disk.rename(url, to: destination)
  }

  func remove(_ url: URL) throws {
    if next() <= 0 && failure != .full { throw Killed() }
    try disk.remove(url)
  }
}
