public import ArgumentParser
public import CPUBackend
public import ComputeDevices
import DurableFiles
import Foundation
public import Tensors

extension CPULevel: ExpressibleByArgument {}
extension ProductPrecision: ExpressibleByArgument {}
extension DeviceSelection: ExpressibleByArgument {}
extension Peer: ExpressibleByArgument {}

/// Times operations, networks and whole images.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Time operations, networks and whole images, and compare them with others.",
    discussion: """
      The peaks are measured first: multiplications in registers, and copies of memory. Times are \
      medians. Weights are random, so no files are needed. More than 100 % of a peak is possible: \
      Winograd's form saves products, and a cache may hold the operands.
      """)

  @Argument(help: "Benchmarks to run: names, or beginnings of names such as 'conv2d'.")
  var names: [String] = []

  @Flag(help: "List the benchmarks with their operations, and run none.")
  var list = false

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Option(help: "How products round their operands.")
  var precision = ProductPrecision.float32

  @Option(
    help: """
      Where to compute: cpu, vulkan, vulkan:NAME with a part of a device's name, or auto for the best \
      device.
      """)
  var device = DeviceSelection.cpu

  @Flag(help: "Vulkan: keep weights in the processor's memory and bring each when it is needed.")
  var offload = false

  @Flag(
    help: "Print where the time of one run went: each kind of operation, its calls and its share.")
  var profile = false

  @Option(help: "Number of CPU threads; as many as the machine offers when absent.")
  var threads: Int?

  @Option(help: "CPU kernels to run; the best that the machine offers when absent.")
  var level = CPULevel.best

  @Option(help: "Runs of which the median is taken. (default: 7, or 3 of more than ten seconds)")
  var samples: Int?

  @Option(help: "Run a peer's side too, in turn with ours.")
  var compare: Peer?

  @Option(
    help:
      "Python with torch and diffusers for --compare pytorch, and openvino and nncf for openvino.")
  var python = "python3"

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): must be within 1 ... 1024.")
    }
    if let samples, samples < 1 { throw ValidationError("--samples must be at least 1.") }
    if compare == .openvino, device.resolved != .cpu {
      throw ValidationError("--compare openvino: it computes on the CPU here; give --device cpu.")
    }
    if !level.isAvailable {
      let offered = CPULevel.allCases.filter(\.isAvailable).map(\.rawValue)
      throw ValidationError(
        "this machine does not offer \(level.rawValue), only \(offered.joined(separator: ", ")).")
    }
    for name in names where Benchmark.named(name).isEmpty {
      throw ValidationError("no benchmark's name begins with '\(name)'; --list shows all of them.")
    }
  }

  func run() throws {
    let chosen = names.isEmpty ? Benchmark.all : names.flatMap(Benchmark.named)
    if list {
      for benchmark in chosen { try result(benchmark.title) }
      return
    }
    let session = try Session(self)
    for benchmark in chosen {
      let measured = try session.run(benchmark)
      try result(json ? measured.json() : measured.line)
    }
  }
}

extension Benchmark {
  /// Name and operations, as a list shows them.
  fileprivate var title: String {
    get throws {
      guard let operations = try operations() else { return name }
      return name.padding(toLength: 30, withPad: " ", startingAt: 0) + "  \(operations) FLOP"
    }
  }
}

/// Gives out a line of a result.
func result(_ line: String) throws { try StandardStream.output.write(line + "\n") }

/// Tells people something that is no result. Nobody would learn that it cannot be written.
func note(_ text: String) { try? StandardStream.errors.write("benchmark: \(text)\n") }
