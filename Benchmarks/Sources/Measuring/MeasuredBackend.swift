import CPUBackend
import TensorCore

/// A backend that knows what it can do at most and how much memory it took.
protocol MeasuredBackend: Backend {
  /// Floating-point operations a second in registers, with factors of a precision.
  func operationsPerSecond(_ precision: ProductPrecision) -> Double
  /// Largest memory of all allocations together so far, in bytes.
  var peakByteCount: Int { get }
}

extension CPUBackend: MeasuredBackend {
  func operationsPerSecond(_ precision: ProductPrecision) -> Double {
    // The fastest within a second: what the processor does when nothing else runs on it, as the end of
    // a process that gives gigabytes back.
    let end = ContinuousClock.now + .seconds(1)
    var fastest = 0.0
    repeat {
      var operations = 0.0
      let seconds = stopwatch { operations = spin(rounds: 1 << 18, precision: precision) }
      fastest = max(fastest, operations / seconds)
    } while ContinuousClock.now < end
    return fastest
  }

  var peakByteCount: Int { memory.peakByteCount }
}
