import CPUBackend
import Faults
import Synchronization
import Tensors

/// Does everything on a processor's backend, and times what is asked of it while a profile is made.
///
/// Otherwise an operation costs a look at a flag more than without it.
final class ProfiledBackend: MeasuredBackend {
  let inner: CPUBackend
  /// What was done since a profile was begun; nil while none is made.
  private let times = Mutex<[OperationKind: OperationTime]?>(nil)

  init(_ inner: CPUBackend) { self.inner = inner }

  func operationsPerSecond(_ precision: ProductPrecision) -> Double {
    inner.operationsPerSecond(precision)
  }
  var peakByteCount: Int { inner.peakByteCount }

  func profile(_ work: () throws -> Void) throws -> Profile? {
    times.withLock { $0 = [:] }
    let seconds = try stopwatch(work)
    return times.withLock { times in
      defer { times = nil }
      return Profile(seconds: seconds, operations: times ?? [:])
    }
  }

  /// Does an operation, and adds its time to those of its kind.
  func measure(_ kind: @autoclosure () -> OperationKind, _ body: () -> Void) {
    guard times.withLock({ $0 != nil }) else { return body() }
    let seconds = stopwatch(body)
    let kind = kind()
    times.withLock { $0?[kind, default: OperationTime()].add(seconds) }
  }
}

/// What is no operation.
extension ProfiledBackend {
  var name: String { inner.name }
  var kind: String { inner.kind }
  var identity: String { inner.identity }
  var availableMemory: Int? { inner.availableMemory }
  var sharesHostMemory: Bool { inner.sharesHostMemory }
  var failure: (any Fault)? { inner.failure }
  var streamsWeights: Bool { inner.streamsWeights }

  func allocate(byteCount: Int) -> Storage { inner.allocate(byteCount: byteCount) }
  func allocateForHost(byteCount: Int) -> Storage { inner.allocateForHost(byteCount: byteCount) }
  func write(_ bytes: RawSpan, into tensor: Tensor) { inner.write(bytes, into: tensor) }
  func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {
    inner.read(tensor, into: &bytes)
  }
  func synchronize() { inner.synchronize() }
  func recorded(
    _ function: @escaping Recording.Function, like inputs: [Tensor]
  ) -> Recording.Function? { inner.recorded(function, like: inputs) }

  func supports(_ precision: ProductPrecision) -> Bool { inner.supports(precision) }
  func hasFastProducts(in precision: ProductPrecision) -> Bool {
    inner.hasFastProducts(in: precision)
  }
  func precision(beside precision: ProductPrecision) -> ProductPrecision {
    inner.precision(beside: precision)
  }
  func operandType(for precision: ProductPrecision, channels: Int) -> DType {
    inner.operandType(for: precision, channels: channels)
  }
  func rehearsal() -> MetaBackend { inner.rehearsal() }
  func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    inner.pack(weight, precision)
  }
}
