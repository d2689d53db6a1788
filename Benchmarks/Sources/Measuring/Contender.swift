import Tensors

/// One way of doing a benchmark's work.
protocol Contender {
  /// What tables call it.
  var name: String { get }

  /// Does the work, several times over when it is short, and returns what one run took.
  func time() throws -> Timing
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

  func time() throws -> Timing {
    try timed(runs: runs) {
      for _ in 0..<runs { try body() }
      try device.synchronize()
    }
  }
}

/// What contenders took in turn.
struct Contest {
  /// Medians of each contender's runs.
  let times: [Timing]
  /// What others did meanwhile, where the system says so.
  let disturbance: Disturbance?

  /// Runs contenders in turn, so that whatever disturbs the machine disturbs all of them.
  ///
  /// - Parameter samples: Runs of each; when absent 7, or 3 where the first one takes more than ten seconds.
  init(of contenders: [any Contender], samples: Int?) throws {
    var timings = contenders.map { _ in [Timing]() }
    let watch = Disturbance.Watch()
    repeat {
      for (index, contender) in contenders.enumerated() {
        timings[index].append(try contender.time())
      }
    } while timings[0].count < samples ?? (timings[0][0].seconds > 10 ? 3 : 7)
    let ours = timings.joined().map { $0.processorSeconds * Double($0.runs) }.reduce(0, +)
    disturbance = watch.end(ours: ours)
    times = timings.map(Timing.median)
  }
}
