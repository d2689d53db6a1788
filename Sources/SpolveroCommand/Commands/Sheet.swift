import ArgumentParser
import Augmentation
import Faults
import Foundation
import ImageFiles

/// Draws a contact sheet of an augmented dataset.
struct Sheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a contact sheet of an augmented dataset, to look at.",
    discussion: """
      One row a generated image: the photograph, its mask, its control image, the \
      generated image, and the mask laid over it. The fit above it says how well the image follows \
      its mask: 1 is as well as the photograph, 0 not at all. By instance, a row is an instance that was painted anew: the \
      square around it in the photograph, its masks, and the same square of the generated image.
      """)

  @Argument(help: "Output folder of 'augment'.", completion: .directory)
  var dataset: String

  @Option(name: .shortAndLong, help: "The PNG to write.", completion: .file())
  var output: String

  @Option(help: "Images to show, at most, evenly spread over the ledger. (default: 12)")
  var rows: Int?

  @Option(help: "Show this many images instead, those with the lowest fit, the lowest first.")
  var worst: Int?

  @Flag(
    help: "Show instances that 'augment --recipe instances' has painted, each before and after.")
  var byInstance = false

  @Option(help: "What the longer side of each image becomes, in pixels.")
  var side = 192

  @Option(
    name: .customLong("prior-model"),
    help: """
      Folder or safetensors file of the network that drew the control images, if one did; of each of them in the order \
      of the run's --prior.
      """, completion: .file())
  var models: [String] = []

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  private var choice: SheetChoice { worst.map(SheetChoice.worst) ?? .spread(rows ?? 12) }

  func validate() throws {
    if rows != nil && worst != nil {
      throw ValidationError("--rows and --worst exclude each other: give one of them.")
    }
    let (option, rows) = (worst == nil ? "--rows" : "--worst", choice.rows)
    guard (1...1000).contains(rows) && (16...2048).contains(side) else {
      throw ValidationError(
        "\(option) must be within 1 ... 1000, --side within 16 ... 2048 pixels.")
    }
    if byInstance && !models.isEmpty {
      throw ValidationError("--by-instance shows no control images: leave out --prior-model.")
    }
    guard ContactSheet.fits(rows: rows, side: side) else {
      throw ValidationError("\(option) \(rows) of --side \(side) pixels make too large a sheet.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let url = try writableFile(output)
    let root = try existing(dataset, "folder")
    let sheet = try byInstance ? instanceSheet(of: root) : contactSheet(of: root)
    if try UnfinishedRun.owns(root) {
      Console.note("\(dataset): this augmentation is not finished; the sheet shows it so far.")
    }
    try writeAtomically(sheet().pngData(), to: url)
    try Console.result([url.relativePath])
  }

  /// Draws what is asked for, once everything is known to be there.
  private typealias Drawing = () throws -> Image

  private func contactSheet(of root: URL) throws -> Drawing {
    var networks = PriorNetworks(models)
    let sheet = try ContactSheet(of: root, choosing: choice, side: side) {
      try networks.annotator($0, on: computing.open(), check: StopSignals.check)
    }
    if let model = networks.unopened.first {
      throw CommandError(.request, "--prior-model \(model): no such network drew this run's priors")
    }
    return { try sheet.image(check: StopSignals.check) }
  }

  private func instanceSheet(of root: URL) throws -> Drawing {
    let sheet = try InstanceSheet(of: root, choosing: choice, side: side)
    return { try sheet.image(check: StopSignals.check) }
  }
}
