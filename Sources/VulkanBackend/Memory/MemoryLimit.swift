import Synchronization

/// The most memory of a device that this program takes.
final class MemoryLimit: Sendable {
  private let byteCount: Int?
  private let taken = Mutex(0)

  /// - Parameter byteCount: As much as the driver gives when absent.
  init(_ byteCount: Int?) { self.byteCount = byteCount }

  /// Bytes that may still be taken; nil where the driver alone decides.
  var left: Int? { byteCount.map { $0 - taken.withLock { $0 } } }

  /// Counts memory that is about to be asked for.
  ///
  /// - Parameter work: What it is for.
  /// - Throws: ``VulkanError`` when it is more than may be taken.
  func take(_ size: Int, for work: String) throws {
    try taken.withLock { taken in
      if let byteCount, taken + size > byteCount {
        throw VulkanError.outOfMemory(
          "\(work), \(size) bytes, beside \(taken) of the \(byteCount) that may be taken")
      }
      taken += size
    }
  }

  /// Counts memory that is given back.
  func give(back size: Int) { taken.withLock { $0 -= size } }
}
