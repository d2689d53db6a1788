import Synchronization
import TensorCore

/// A packed weight, with Winograd's form of it beside it once a large map has asked for that.
final class CPUWeight: Storage {
  /// As `pack` made it.
  let packed: CPUStorage
  private let transformed = Mutex<CPUStorage?>(nil)

  init(_ packed: CPUStorage) { self.packed = packed }

  /// Bytes of both forms.
  var byteCount: Int { packed.byteCount + (transformed.withLock { $0?.byteCount } ?? 0) }

  /// Winograd's form, made by `make` the first time.
  func winograd(_ make: () -> CPUStorage) -> CPUStorage {
    transformed.withLock { storage in
      if let storage { return storage }
      let made = make()
      storage = made
      return made
    }
  }
}
