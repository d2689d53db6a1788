import ComputeDevices
import Foundation
import Tensors

/// What all benchmarks of one command have in common.
struct Session {
  private let command: BenchmarkCommand
  private let threads: Int
  private let peak: Peak
  private let folders = ModelFolders()
  private let opponent: (any Opponent)?

  /// Measures the peaks and calls the opponent.
  ///
  /// - Throws: ``BenchmarkError`` when there is no such opponent.
  init(_ command: BenchmarkCommand) throws {
    self.command = command
    threads = command.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let precision = command.precision
    let backend = try command.open(threads: threads)
    guard backend.supports(precision) else {
      throw BenchmarkError(
        description:
          "--precision \(precision.rawValue): \(backend.name) has no such products; take another device with "
          + "--device, or --precision fp32")
    }
    peak = try Peak(of: backend, precision)
    note(
      "\(backend.name), \(precision.rawValue): at most "
        + String(format: "%.1f", peak.operationsPerSecond / 1e9) + " GFLOP/s in registers, "
        + String(format: "%.1f", peak.bytesPerSecond / 1e9) + " GB/s in memory")
    if !backend.hasFastProducts(in: precision) {
      note("\(precision.rawValue) is slower than fp32 here")
    }
    opponent =
      switch command.compare {
      case .pytorch:
        try PyTorch(
          python: command.python, device: command.device.resolved == .cpu ? "cpu" : "cuda",
          threads: threads, precision: precision)
      case .openblas: try OpenBLAS(threads: threads, precision: precision)
      case nil: nil
      }
  }

  /// Times one benchmark, in turn with the opponent if there is one.
  func run(_ benchmark: Benchmark) throws -> Result {
    let backend = try command.open(threads: threads)
    let bench = Workbench(Device(backend), command.precision, folders)
    let ours = try Workload("ours", on: bench.device, benchmark.prepare(bench))
    let others = try command.compare.flatMap { peer in
      benchmark.peers.contains(peer) ? try opponent?.contenders(for: benchmark) : nil
    }
    let times = try medians(of: [ours] + (others ?? []), samples: command.samples)
    var result = Result(
      name: benchmark.name, precision: command.precision, device: backend.name, seconds: times[0],
      peakBytes: backend.peakByteCount)
    if command.profile {
      _ = backend.operationTimes()
      try ours.once()
      result.operationTimes = backend.operationTimes()
    }
    result.operations = try benchmark.operations()
    if case .bytes(let count) = benchmark.work { result.bytes = count }
    result.fractionOfPeak =
      result.gflops.map { $0 * 1e9 / peak.operationsPerSecond }
      ?? result.gigabytesPerSecond.map { $0 * 1e9 / peak.bytesPerSecond }
    result.comparison = command.compare.map { peer in
      let names = (others ?? []).map(\.name)
      let seconds = Dictionary(uniqueKeysWithValues: zip(names, times.dropFirst()))
      return Comparison(
        peer: peer, seconds: seconds, ratio: seconds.values.min().map { $0 / times[0] })
    }
    return result
  }
}
