import Tensors

/// One way of doing a benchmark's work.
protocol Contender {
  /// What tables call it.
  var name: String { get }

  /// Does the work, several times over when it is short, and returns the seconds of one run.
  func seconds() throws -> Double
}

/// Work that this program does.
struct Workload: Contender {
  let name: String
  private var runs = 1
  private let device: Device
  private let body: () throws -> Void

  /// Does the work for the first time, which is not counted.
  init(_ name: String, on device: Device, _ body: @escaping () throws -> Void) throws {
    self.name = name
    self.device = device
    self.body = body
    let first = try stopwatch(once)
    // Short runs fill 20 ms together, so that the clock does not count.
    let second = first < Self.leastSeconds ? try stopwatch(once) : first
    runs = max(1, Int(Self.leastSeconds / max(second, 1e-9)))
  }

  /// Does the work a single time, to its end.
  func once() throws {
    try body()
    try device.synchronize()
  }

  private static let leastSeconds = 0.02

  func seconds() throws -> Double {
    try stopwatch {
      for _ in 0..<runs { try body() }
      try device.synchronize()
    } / Double(runs)
  }
}

/// Seconds that a closure takes.
func stopwatch(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}

/// Runs contenders in turn, so that whatever disturbs the machine disturbs all of them.
///
/// - Parameter samples: Runs of each; when absent 7, or 3 where the first one takes more than ten seconds.
/// - Returns: The median seconds of each.
func medians(of contenders: [any Contender], samples: Int?) throws -> [Double] {
  var times = contenders.map { _ in [Double]() }
  repeat {
    for (index, contender) in contenders.enumerated() {
      times[index].append(try contender.seconds())
    }
  } while times[0].count < samples ?? (times[0][0] > 10 ? 3 : 7)
  return times.map { $0.sorted()[$0.count / 2] }
}
