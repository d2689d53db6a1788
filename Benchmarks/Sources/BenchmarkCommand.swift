public import ArgumentParser
public import CPUBackend
import Foundation
import TensorCore

extension CPULevel: ExpressibleByArgument {}

/// Times operations and compares them with what the machine can do.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Time operations and compare them with what this machine can do.",
    discussion: """
      The peaks are measured first: multiplications in registers, and copies of memory. Times are \
      medians. Operands that stay in a cache can be faster than the memory's peak.
      """)

  @Argument(help: "Benchmarks to run: names, or beginnings of names such as 'conv2d'.")
  var names: [String] = []

  @Flag(help: "List the benchmarks and run none.")
  var list = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Number of threads; as many as the machine offers when absent.")
  var threads: Int?

  @Option(help: "Kernels to run; the best that the machine offers when absent.")
  var level = CPULevel.best

  @Option(help: "Samples of which the median is taken.")
  var samples = 7

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
    if samples < 1 { throw ValidationError("--samples must be at least 1.") }
    if !level.isAvailable {
      let offered = CPULevel.allCases.filter(\.isAvailable).map(\.rawValue)
      throw ValidationError(
        "this machine does not offer \(level.rawValue), only \(offered.joined(separator: ", ")).")
    }
    for name in names where !Benchmark.all.contains(where: { $0.name.hasPrefix(name) }) {
      throw ValidationError("no benchmark's name begins with '\(name)'; --list shows all of them.")
    }
  }

  func run() throws {
    let chosen = Benchmark.all.filter { benchmark in
      names.isEmpty || names.contains { benchmark.name.hasPrefix($0) }
    }
    if list {
      for benchmark in chosen { print(benchmark.name) }
      return
    }
    let backend = CPUBackend(
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, level: level)
    let peak = Peak(on: backend)
    if !json { printHeading(backend, peak) }
    let results = chosen.map { benchmark in
      let body = benchmark.prepare(Device(backend))
      let result = Result(benchmark, Measurement(samples: samples, of: body), peak)
      if !json { print(result.line) }
      return result
    }
    if json { print(try Report(device: backend.name, peak: peak, results: results).json()) }
  }

  private func printHeading(_ backend: CPUBackend, _ peak: Peak) {
    let operations = String(format: "%.1f", peak.operationsPerSecond / 1e9)
    let bytes = String(format: "%.1f", peak.bytesPerSecond / 1e9)
    print("\(backend.name): at most \(operations) GFLOP/s in registers, \(bytes) GB/s in memory")
  }
}
