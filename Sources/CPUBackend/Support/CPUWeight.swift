import CPUKernelInterface
import Synchronization
import Tensors

/// A packed weight, with other forms of it beside it once an operation has asked for them.
///
/// Unchecked as its superclass is: what changes is behind a lock.
final class CPUWeight: Storage, @unchecked Sendable {
  /// What a weight can be turned into.
  enum Form { case winograd, parities, integers }

  /// As `pack` made it.
  let packed: CPUStorage
  /// What that holds.
  let operands: ProductOperands
  /// The elements of that.
  var words: UnsafePointer<Word> { UnsafePointer(packed.words) }
  private let forms = Mutex<[Form: [CPUStorage]]>([:])

  init(_ packed: CPUStorage, _ operands: ProductOperands) {
    (self.packed, self.operands) = (packed, operands)
    super.init(byteCount: packed.byteCount)
  }

  /// One form, made by `make` the first time.
  func form(_ form: Form, _ make: () -> CPUStorage) -> CPUStorage {
    self.form(form) { [make()] }[0]
  }

  /// One form of several weights, made by `make` the first time.
  func form(_ form: Form, _ make: () -> [CPUStorage]) -> [CPUStorage] {
    forms.withLock { forms in
      if let storage = forms[form] { return storage }
      let made = make()
      forms[form] = made
      return made
    }
  }
}
