public import ArgumentParser
public import DiffusionPipelines
import DurableFiles
import Foundation

extension SyntheticArchitecture: ExpressibleByArgument {}

/// Writes a model with random weights.
struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model with random weights: it paints noise.",
    discussion: """
      For trying the program and for benchmarks without trained weights. The folder is a model in \
      diffusers' layout, with a T2I-Adapter in its sub-folder 'adapter'. sd15 takes 4.6 GB, sdxl 14 GB.
      """)

  @Option(help: "What to write: tiny, sd15 or sdxl.")
  var architecture: SyntheticArchitecture

  @Option(name: .shortAndLong, help: "Folder to write, empty or new.")
  var output: String

  @Option(help: "Chooses the weights.")
  var seed: UInt64 = 0

  mutating func run() throws {
    let url = URL(fileURLWithPath: output)
    do {
      try SyntheticModel(architecture, seed: seed).write(to: url) { part in
        Console.note("writing \(part)")
      }
    } catch let error as CocoaError {
      throw CommandError(
        .cannotCreate,
        "\(output): the model cannot be written (\(reason(of: error))). Check the path, the "
          + "permissions and the free space.")
    }
    Console.note("the weights are random: pictures will be noise")
    try Console.result([url.relativePath])
  }
}
