import CPUBackend
import ComputeDevices
import Tensors
import VulkanBackend

/// A backend that knows what it can do at most and how much memory it took.
protocol MeasuredBackend: Backend {
  /// Floating-point operations a second in registers, with operands of a precision.
  func operationsPerSecond(_ precision: ProductPrecision) throws -> Double
  /// Largest memory of all allocations together so far, in bytes.
  var peakByteCount: Int { get }
  /// Does some work, to its end, and says where its time went; nil where that is not measured.
  func profile(_ work: () throws -> Void) throws -> Profile?
}

extension CPUBackend: MeasuredBackend {
  func operationsPerSecond(_ precision: ProductPrecision) -> Double {
    fastestRate { spin(rounds: 1 << 18, precision: precision) }
  }

  var peakByteCount: Int { memory.peakByteCount }

  func profile(_ work: () throws -> Void) throws -> Profile? { nil }
}

extension VulkanBackend: MeasuredBackend {
  func operationsPerSecond(_ precision: ProductPrecision) throws -> Double {
    let rate = fastestRate { spin(rounds: 1 << 10) }
    if let failure { throw failure }
    return rate
  }

  func profile(_ work: () throws -> Void) throws -> Profile? {
    _ = takeTimes()
    let seconds = try stopwatch(work)
    return Profile(seconds: seconds, takeTimes())
  }
}

/// The fastest within a second: what a device does when nothing else runs on it, as the end of a
/// process that gives gigabytes back.
private func fastestRate(_ operations: () throws -> Double) rethrows -> Double {
  let end = ContinuousClock.now + .seconds(1)
  var fastest = 0.0
  repeat {
    var count = 0.0
    let seconds = try stopwatch { count = try operations() }
    fastest = max(fastest, count / seconds)
  } while ContinuousClock.now < end
  return fastest
}

extension BenchmarkCommand {
  /// A backend of its own, whose memory nothing else has used.
  func open(threads: Int) throws -> any MeasuredBackend {
    switch device.resolved {
    case .vulkan(named: let name):
      try VulkanBackend(named: name, VulkanOptions(streamsWeights: offload, profiles: profile))
    default: open(CPUBackend(threads: threads, level: level))
    }
  }

  /// The processor, between whose operations times are taken where that is asked for.
  private func open(_ backend: CPUBackend) -> any MeasuredBackend {
    profile ? ProfiledBackend(backend) : backend
  }
}
