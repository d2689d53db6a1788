import Synchronization
package import Tensors

/// Whether memory could not be had: from then on, operations do nothing, and their results are worthless.
package final class Failure: Sendable {
  private let first = Mutex<OutOfMemory?>(nil)
  /// The same as a flag, looked at before every piece of work.
  private let flag = Atomic(false)

  package init() {}

  /// Whether work is to be left undone.
  package var isSet: Bool { flag.load(ordering: .relaxed) }

  /// The first error; nil while all is well.
  package var error: OutOfMemory? { first.withLock { $0 } }

  /// Says that so many bytes could not be had.
  package func report(_ byteCount: Int) {
    first.withLock { $0 = $0 ?? OutOfMemory(on: "The processor", byteCount: byteCount) }
    flag.store(true, ordering: .relaxed)
  }
}
