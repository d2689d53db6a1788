import CPUBackend
import TensorCore

/// What the machine can do at most with a number of threads, measured and not looked up.
struct Peak: Codable {
  /// Floating-point operations a second, in registers.
  let operationsPerSecond: Double
  /// Bytes read and written a second while copying 128 MiB.
  let bytesPerSecond: Double

  init(on backend: CPUBackend) {
    let rounds = 1 << 16
    var operations = 0.0
    let spin = Measurement(samples: 15) { operations = backend.spin(rounds: rounds) }
    operationsPerSecond = operations / spin.fastest

    let x = Tensor(repeating: 1, [8192, 4096], on: Device(backend))
    let copy = Measurement(samples: 5) { _ = x.channels(0..<4096) }
    bytesPerSecond = 2 * Double(x.byteCount) / copy.fastest
  }
}
