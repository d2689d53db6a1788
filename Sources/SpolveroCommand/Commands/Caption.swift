import ArgumentParser
import Augmentation
import Faults
import Foundation
import ImageAnnotation
import SegmentationDatasets
import Tensors

/// Says in words what images show.
struct Caption: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say in words what images show, for the prompts of 'augment'.",
    discussion: """
      Writes a line an image, {"caption": …, "image": …, "model": …}, as --captions of 'augment' reads it, to standard \
      output or to a file, with which the same command goes on when it was stopped. The texts are those of transformers \
      for the same settings. Of a dataset, it says how many captions lack a labelled class.

        spolvero caption VOC2012 --model models/blip -o captions.jsonl
        spolvero caption photos/*.jpg --model models/blip --prompt "a picture of"
        spolvero caption photo.jpg --model models/blip --top-p 0.9 --seed 7
      """)

  @Argument(
    help: "Folder of a dataset, folder of images, or images, PNG or JPEG.", completion: .file())
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: "Folder of the captioner, as transformers writes it: BLIP or BLIP-2.",
    completion: .directory)
  var model: String

  @OptionGroup(title: "Dataset")
  var dataset: DatasetOptions

  @OptionGroup(title: "Captions")
  var captioner: CaptionerOptions

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(help: "Images captioned at once; the captions do not depend on it.")
  var batchSize = Self.usualBatchSize

  @Option(
    name: .shortAndLong, help: "The file to write, or to go on with. (default: standard output)",
    completion: .file())
  var output: String?

  @Flag(help: "With --output: print the summary as one JSON object.")
  var json = false

  /// Images captioned at once unless told otherwise.
  static let usualBatchSize = 4

  func validate() throws {
    if !(1...1024).contains(batchSize) {
      throw ValidationError("--batch-size \(batchSize): must be within 1 ... 1024.")
    }
    if json && output == nil {
      throw ValidationError("--json is about the summary, which is printed with --output FILE.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let images = try CaptionedImages(files, dataset)
    let settings = captioner.options
    var book = try CaptionBook(
      output.map { URL(fileURLWithPath: $0) }, model: model, settings: settings)
    let left = images.sources.filter { book.captions[$0.name] == nil }
    if left.count < images.sources.count {
      Console.note(
        "\(images.sources.count - left.count) of \(images.sources.count) images have captions already."
      )
    }
    let unreadable =
      left.isEmpty
      ? []
      : try book.fill(
        left, by: Self.open(model, settings, computing), batchSize: batchSize,
        seed: captioner.seed ?? 0)
    try report(CaptionSummary(of: images, book.captions))
    try images.requireSound()
    guard let first = unreadable.first else { return }
    throw CommandError(
      unreadable.allSatisfy { $0.kind == .noInput } ? .noInput : first.kind,
      "\(unreadable.count) of \(images.sources.count) images cannot be read; the others have their captions."
    )
  }

  /// Loads a captioner.
  static func open(
    _ model: String, _ options: CaptionOptions, _ computing: DeviceOptions
  ) throws -> any Captioner {
    let device = try computing.open()
    let precision = computing.precision(on: device, unlessGiven: .fixed(.float32))
    Console.note("\(device), \(precision.rawValue): loading \(model)")
    return try CaptionerCatalogue.captioner(
      at: URL(fileURLWithPath: model), on: device, precision: precision, options: options,
      notice: Console.warning, check: StopSignals.interruption.check)
  }

  private func report(_ summary: CaptionSummary) throws {
    if json {
      try Console.result(json: summary)
    } else if output != nil {
      try Console.result(summary.lines)
    } else {
      summary.lines.forEach(Console.note)
    }
  }
}
