import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct BenchmarkCommandTests {
  /// Keys and values of the prompt, which diffusers computes in every step and we before the first:
  /// a product and a sum for 2 projections, 2 samples of 77 words and the channels of each layer.
  private static let prompt = (
    sd15: 4 * 154 * 768 * (5 * 320 + 5 * 640 + 6 * 1280),
    sdxl: 4 * 154 * 2048 * (10 * 640 + 60 * 1280)
  )

  /// What a ControlNet adds to a step: what diffusers computes in it, but for the prompt's and for what the control
  /// image's own convolutions take, 29 444 014 080 and 117 776 056 320 operations.
  private static let control = (
    sd15: 537_139_937_280 - 4 * 154 * 768 * (2 * 320 + 2 * 640 + 3 * 1280),
    sdxl: 5_922_988_687_360 - 4 * 154 * 2048 * (4 * 640 + 30 * 1280)
  )

  /// Operations as PyTorch 2.13's `FlopCounterMode` counts them in diffusers 0.42 and transformers 5.
  @Test(arguments: [
    ("text/clip-l", 13_298_503_680), ("text/openclip-bigg", 97_863_106_560),
    ("adapter/sd15/512", 56_874_762_240), ("adapter/sdxl/1024", 239_578_644_480),
    ("unet/sd15/512/guided", 1_606_546_882_560 - prompt.sd15),
    ("unet/sdxl/512/guided", 3_177_557_524_480 - prompt.sdxl),
    ("unet/sdxl/1024/guided", 13_522_472_796_160 - prompt.sdxl),
    ("controlnet/sd15/512/guided", 1_606_546_882_560 - prompt.sd15 + control.sd15),
    ("controlnet/sdxl/1024/guided", 13_522_472_796_160 - prompt.sdxl + control.sdxl),
    ("vae/decode/512", 2_514_518_933_504), ("vae/decode/1024", 10_470_392_594_432),
    ("annotator/hed/512", 160_420_593_664), ("sight/clip-b32/224", 8_817_623_040),
    ("sight/clip-l14/224", 162_025_537_536), ("sight/inception/299", 11_422_336_192),
    ("caption/blip-base/20", 132_660_989_952), ("caption/blip2-opt-2.7b/20", 801_093_212_672),
  ])
  func countsOperationsAsPyTorchDoes(name: String, operations: Int) throws {
    let list = try BenchmarkTool("--list", name)
    #expect(list.lines.count == 1)
    #expect(list.lines.first?.split(separator: " ") == [name[...], "\(operations)", "FLOP"])
  }

  @Test func listsWhatAPictureIsMadeOf() throws {
    // Two texts, twenty steps and one decoding.
    let step = 1_606_546_882_560 - Self.prompt.sd15
    let operations = 2 * 13_298_503_680 + 20 * step + 2_514_518_933_504
    #expect(try BenchmarkTool("--list", "image").output.hasSuffix(" \(operations) FLOP\n"))
    #expect(try BenchmarkTool("--list", "load").output == "load/sd15\n")
  }

  @Test func hasEveryNameOnce() throws {
    let names = try BenchmarkTool("--list").lines.compactMap { $0.split(separator: " ").first }
    #expect(Set(names).count == names.count)
    for name in ["conv2d/320x320x3x3/64", "linear/4096x320x2560", "attention/4096x40x8"] {
      #expect(names.contains(name[...]))
    }
  }

  @Test func takesAWholeNameForOneBenchmark() throws {
    let name = "attention/4096x40x8"
    #expect(try BenchmarkTool("--list", name).lines.count == 1)
    #expect(try BenchmarkTool("--list", name + "/").lines.count == 1)
    #expect(try BenchmarkTool("--list", "attention/4096x40").lines.count == 2)
  }

  @Test(arguments: ["fp32", "bf16"])
  func givesOneObjectALine(precision: String) throws {
    let run = try BenchmarkTool(
      "linear/154x768x320", "silu", "--json", "--samples", "1", "--precision", precision)
    let results = try run.lines.map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(results.map(\.name) == ["linear/154x768x320", "silu/2x4096x1280"])
    #expect(results.allSatisfy { $0.precision == precision && $0.seconds > 0 })
    let operations = 2 * 154.0 * 768 * 320
    let product = try #require(results.first)
    let gflops = try #require(product.gflops)
    #expect(abs(gflops * product.seconds * 1e9 / operations - 1) < 1e-9)
    // Operands, result and the packed weight, rounded up by the pool; the matrix itself is gone or kept.
    let (rows, matrix) = (4 * 154 * (768 + 320), 4 * 768 * 320)
    #expect((rows + matrix..<2 * (rows + 2 * matrix)).contains(product.peakBytes))
    #expect(results.last?.gflops == nil)
    #expect(results.allSatisfy { ($0.fractionOfPeak ?? 0) > 0 })
    // One thread or more, and no more than there are.
    let threads = Double(ProcessInfo.processInfo.activeProcessorCount)
    #expect(results.allSatisfy { $0.processorSeconds > 0 })
    #expect(results.allSatisfy { $0.processorSeconds < 1.5 * threads * $0.seconds })
  }

  @Test(arguments: ["fp32", "bf16"])
  func profilesOperationsAndShapesOfOneRun(precision: String) throws {
    let run = try BenchmarkTool(
      "text/clip-l", "--profile", "--json", "--samples", "1", "--precision", precision)
    let line = try JSONDecoder().decode(Line.self, from: Data(run.output.utf8))
    let operations = try #require(line.operationTimes)
    #expect(operations.map(\.seconds) == operations.map(\.seconds).sorted(by: >))
    let attention = try #require(operations.first { $0.operation == "attention" })
    #expect(attention.shape == "1x77x64x12/causal" && attention.count == 12)
    #expect(attention.precision == precision)
    let widening = try #require(operations.first { $0.shape == "77x768x3072" })
    #expect(widening.operation == "linear" && widening.count == 12)
    #expect(operations.contains { $0.operation == "layerNorm" && $0.shape == "1x77x768" })
    #expect(operations.allSatisfy { ($0.fractionOfPeak ?? 0) > 0 })
    let shares = operations.compactMap(\.share).reduce(0, +)
    #expect(try abs(shares - #require(line.accounted)) < 1e-9)
    #expect(shares > 0.5 && shares <= 1)
  }

  @Test func profilesAreReadable() throws {
    let run = try BenchmarkTool("gated/512", "--profile", "--samples", "1")
    #expect(run.lines.count == 3)
    let words = run.lines[1].split(separator: " ")
    #expect(words.prefix(5) == ["gated", "512x1280x5120", "fp32", "1", "times"])
    #expect(run.lines[1].hasSuffix("% of peak") && run.lines[2].hasSuffix("of this run"))
  }

  @Test(.enabled(if: Device.sharedVulkan != nil)) func profilesOperationsOfOneRun() throws {
    let run = try BenchmarkTool(
      "linear/154x768x320", "--device", "vulkan", "--profile", "--json", "--samples", "1")
    let line = try JSONDecoder().decode(Line.self, from: Data(run.output.utf8))
    let operations = try #require(line.operationTimes)
    #expect(operations.map(\.operation) == ["matmul"])
    #expect(operations.map(\.count) == [1])
    #expect(operations.allSatisfy { $0.seconds > 0 })
  }

  @Test(arguments: [
    (["--device", "vulkan:Voodoo"], "'Voodoo'"), (["--samples", "0"], "at least 1"),
    (["--threads", "0"], "within 1"), (["nothing"], "'nothing'"),
    (["--device", "vulkan", "--compare", "openvino", "silu"], "--device cpu"),
    (["--compare", "openblas", "--precision", "bf16", "silu"], "no products in bf16"),
  ])
  func refusesWhatItCannotDo(arguments: [String], reason: String) throws {
    let run = try BenchmarkTool(arguments)
    #expect(run.status != 0)
    #expect(run.errors.contains(reason))
    #expect(run.output.isEmpty)
  }

  @Test func resultsThatCannotBeWrittenAreAnError() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    #expect(try BenchmarkTool(["--list"], output: full).status != 0)
  }

  /// A line of `--json`.
  private struct Line: Decodable {
    let name, precision, device: String
    let seconds, processorSeconds: Double
    let gflops, fractionOfPeak: Double?
    let peakBytes: Int
    let operationTimes: [Kind]?
    let accounted: Double?

    struct Kind: Decodable {
      let operation: String
      let shape, precision: String?
      let count: Int
      let seconds: Double
      let share, fractionOfPeak: Double?
    }
  }
}
