import Checkpoints
import Tensors

/// Something to be timed.
struct Benchmark: Sendable {
  /// What a run is measured by.
  enum Work: Sendable {
    /// Operations of products, counted by doing the work on a device without memory.
    case products
    /// As many operations as other benchmarks have, each so many times.
    case parts([(times: Int, benchmark: Benchmark)])
    /// Bytes of the operands and the result, each counted once.
    case bytes(Int)
    /// The time alone.
    case time
  }

  /// Operation and sizes, such as `linear/4096x320x2560`.
  let name: String
  /// What one run does.
  let work: Work
  /// Who can do the same.
  let peers: [Peer]
  /// Makes the operands on a bench and returns what one run does with them.
  let prepare: @Sendable (Workbench) throws -> () throws -> Void

  init(
    name: String, work: Work = .products, peers: [Peer] = Peer.frameworks,
    prepare: @escaping @Sendable (Workbench) throws -> () throws -> Void
  ) {
    self.name = name
    self.work = work
    self.peers = peers
    self.prepare = prepare
  }

  /// Floating-point operations of a run, a product and the sum after it being two; nothing for work of
  /// another kind.
  func operations() throws -> Int? {
    switch work {
    case .products:
      try DeviceWork { try prepare(Workbench($0, .float32)) }.floatingPointOperations
    case .parts(let parts):
      try parts.reduce(0) { try $0 + $1.times * ($1.benchmark.operations() ?? 0) }
    case .bytes, .time: nil
    }
  }

  /// Every benchmark, group by group.
  static let all =
    linear + gated + conv2D + attention + normalization + elementwise + networks + annotators
    + sight + captioners + pictures

  /// The benchmark of a name, or else all whose names begin so.
  static func named(_ name: String) -> [Benchmark] {
    let exact = all.filter { $0.name == name }
    return exact.isEmpty ? all.filter { $0.name.hasPrefix(name) } : exact
  }
}
