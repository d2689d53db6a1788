import Augmentation
import DurableFiles
import Foundation
import Synchronization

/// A disk that fails at its n-th operation, in one of several ways.
final class FailingFiles: OutputFiles {
  enum Failure: Sendable, CaseIterable {
    /// As if the process were killed: the operation is not done, or half done where data is written,
    /// and nothing more happens afterwards, no tidying up either.
    case kill, killHalfway
    /// The disk is full from now on; files can still be read and removed.
    case full
    /// Nothing can be read from now on, and nobody knows what is there.
    case unreadable
  }

  struct Killed: Error {}

  private let failure: Failure
  private let countdown: Mutex<Int>
  private let waits = Mutex(0)
  private let disk = Disk()

  init(_ failure: Failure, after operations: Int) {
    self.failure = failure
    countdown = Mutex(operations)
  }

  /// Whether the failure has happened.
  var hasFailed: Bool { countdown.withLock { $0 < 0 } }

  /// How often files were waited for.
  var synchronizations: Int { waits.withLock { $0 } }

  /// - Returns: Operations left before the failure; 0 for the one that fails, below for later ones.
  private func next() -> Int {
    countdown.withLock { left in
      defer { left -= 1 }
      return left
    }
  }

  private func checkReading(_ url: URL) throws {
    guard next() <= 0, failure != .full else { return }
    throw failure == .unreadable ? AugmentationError.reading(url, .EIO) : Killed()
  }

  private func checkAlive() throws {
    if next() <= 0 && (failure == .kill || failure == .killHalfway) { throw Killed() }
  }

  func kind(of url: URL) throws -> FileStatus.Kind? {
    try checkReading(url)
    return try disk.kind(of: url)
  }

  func names(in folder: URL) throws -> [String]? {
    try checkReading(folder)
    return try disk.names(in: folder)
  }

  func read(_ url: URL) throws -> Data? {
    try checkReading(url)
    return try disk.read(url)
  }

  func read(_ url: URL, at offset: Int, count: Int) throws -> Data? {
    try checkReading(url)
    return try disk.read(url, at: offset, count: count)
  }

  func makeFolder(_ url: URL) throws {
    try checkAlive()
    try disk.makeFolder(url)
  }

  func write(_ data: Data, to url: URL, for destination: URL) throws {
    let left = next()
    guard left <= 0, failure != .unreadable else {
      return try disk.write(data, to: url, for: destination)
    }
    if left == 0 && failure != .kill || failure == .full {
      try disk.write(data.prefix(data.count / 2), to: url, for: destination)
    }
    throw failure == .full ? AugmentationError.writing(destination, .ENOSPC) : Killed()
  }

  func synchronize(_ files: [URL], for destination: URL) throws {
    try checkAlive()
    waits.withLock { $0 += 1 }
    try disk.synchronize(files, for: destination)
  }

  func synchronize(namesIn folder: URL) throws {
    try checkAlive()
    try disk.synchronize(namesIn: folder)
  }

  func link(_ original: URL, at url: URL, for destination: URL, isSymbolic: Bool) throws {
    try checkAlive()
    try disk.link(original, at: url, for: destination, isSymbolic: isSymbolic)
  }

  func append(_ data: Data, to url: URL) throws {
    let left = next()
    guard left <= 0, failure != .unreadable else { return try disk.append(data, to: url) }
    if left == 0 && failure == .killHalfway {
      try disk.append(data.prefix(data.count / 2), to: url)
    }
    throw failure == .full ? AugmentationError.writing(url, .ENOSPC) : Killed()
  }

  func rename(_ url: URL, to destination: URL) throws {
    try checkAlive()
    try disk.rename(url, to: destination)
  }

  func renameIfFree(_ url: URL, to destination: URL) throws -> Bool {
    try checkAlive()
    return try disk.renameIfFree(url, to: destination)
  }

  func lock(_ url: URL) throws -> FileLock? {
    try checkAlive()
    return try disk.lock(url)
  }

  func remove(_ url: URL) throws {
    try checkAlive()
    try disk.remove(url)
  }
}
