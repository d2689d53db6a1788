import ComputeDevices
import Foundation
import Tensors

/// What all benchmarks of one command have in common.
final class Session {
  private let command: BenchmarkCommand
  private let threads: Int
  private let peak: Peak
  private let folders = ModelFolders()
  private let opponent: (any Opponent)?
  /// Whether people know already that the machine is busy.
  private var saidBusy = false

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
    let (before, watch) = (ProcessorTime.ofProcess, Disturbance.Watch())
    peak = try Peak(of: backend, precision)
    let disturbance = watch.end(ours: ProcessorTime.ofProcess - before)
    note(
      "\(backend.name), \(precision.rawValue): at most "
        + String(format: "%.1f", peak.operationsPerSecond / 1e9) + " GFLOP/s in registers, "
        + String(format: "%.1f", peak.bytesPerSecond / 1e9) + " GB/s in memory")
    if !backend.hasFastProducts(in: precision) {
      let other: ProductPrecision = backend.hasFastProducts(in: .int16) ? .int16 : .float32
      note(
        "\(precision.rawValue) has no instructions here that are faster than those of \(other.rawValue)"
      )
    }
    opponent = try command.opponent(threads: threads)
    warn(of: disturbance)
  }

  /// Times one benchmark, in turn with the opponent if there is one.
  func run(_ benchmark: Benchmark) throws -> Result {
    let backend = try command.open(threads: threads)
    let bench = Workbench(Device(backend), command.precision, folders)
    let ours = try Workload("ours", on: bench.device, benchmark.prepare(bench))
    let others = try command.compare.flatMap { peer in
      benchmark.peers.contains(peer) ? try opponent?.contenders(for: benchmark) : nil
    }
    let contest = try Contest(of: [ours] + (others ?? []), samples: command.samples)
    warn(of: contest.disturbance)
    var result = Result(
      name: benchmark.name, precision: command.precision, device: backend.name,
      time: contest.times[0], peakBytes: backend.peakByteCount)
    result.isBusy = contest.disturbance?.matters
    if command.profile { result.profile = try profile(ours, on: backend) }
    result.operations = try benchmark.operations()
    if case .bytes(let count) = benchmark.work { result.bytes = count }
    result.fractionOfPeak =
      result.gflops.map { $0 * 1e9 / peak.operationsPerSecond }
      ?? result.gigabytesPerSecond.map { $0 * 1e9 / peak.bytesPerSecond }
    result.comparison = command.compare.map { peer in
      let names = (others ?? []).map(\.name)
      let times = Dictionary(uniqueKeysWithValues: zip(names, contest.times.dropFirst()))
      return Comparison(peer, version: opponent?.version, times: times, ours: contest.times[0])
    }
    return result
  }

  /// Where the time of one run goes, beside the peaks of each precision that it multiplies in.
  private func profile(_ work: Workload, on backend: any MeasuredBackend) throws -> Profile? {
    var profile = try backend.profile(work.once)
    profile?.peaks = [command.precision: peak]
    for case let precision? in Set(profile?.operations.keys.map(\.precision) ?? [])
    where precision != command.precision {
      profile?.peaks[precision] = try Peak(of: backend, precision)
    }
    return profile
  }

  /// Says once that times would be shorter on a machine where nothing else runs.
  private func warn(of disturbance: Disturbance?) {
    guard let disturbance, disturbance.matters, !saidBusy else { return }
    saidBusy = true
    note(
      "the machine is busy: others keep "
        + String(format: "%.1f", disturbance.processors)
        + " processors at work, so these times are longer than they need be")
  }
}

extension BenchmarkCommand {
  /// The peer that is to be compared with, if any.
  fileprivate func opponent(threads: Int) throws -> (any Opponent)? {
    let isCPU = device.resolved == .cpu
    switch compare {
    case .pytorch?, .openvino?:
      return try compare.map {
        try PythonPeer(
          $0, python: python, device: isCPU ? "cpu" : "cuda", threads: threads,
          precision: precision)
      }
    case .openblas: return try OpenBLAS(threads: threads, precision: precision)
    case nil: return nil
    }
  }
}
