public import ArgumentParser
import Augmentation
public import DiffusionPipelines
import Faults
import Foundation

extension SyntheticArchitecture: ExpressibleByArgument {}

/// Writes a model with random weights.
struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model with random weights: it paints noise.",
    discussion: """
      For trying the program and for benchmarks without trained weights. The folder is a model in \
      diffusers' layout, with a T2I-Adapter in its sub-folder 'adapter' and a ControlNet in 'control'; tiny has an \
      IP-Adapter too, 'ip-adapter.safetensors', with its 'image_encoder'. sd15 takes 6 GB, sdxl 19 GB.
      """)

  @Option(help: "What to write: tiny, sd15 or sdxl.")
  var architecture: SyntheticArchitecture

  @Option(
    name: .shortAndLong, help: "Folder to write: empty, new, or one in which this was stopped.",
    completion: .directory)
  var output: String

  @Option(help: "Chooses the weights.")
  var seed: UInt64 = 0

  mutating func run() throws {
    StopSignals.watch()
    let url = URL(fileURLWithPath: output)
    try SyntheticModel(architecture, seed: seed).write(
      to: url, note: { Console.note("writing \($0)") }, check: checkInterruption)
    Console.note("the weights are random: images will be noise")
    try Console.result([url.relativePath])
  }

  private func checkInterruption() throws {
    guard StopSignals.interruption.isRequested else { return }
    throw CommandError(
      .interrupted, "Interrupted: the model is not whole. The same command begins anew.")
  }
}
