import ArgumentParser
import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Draws the outlines of one labelled photograph, to look at.
struct Prior: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the control image of a labelled photograph, to look at.",
    discussion: """
      Writes <stem>_image.png, the photograph's outlines, <stem>_label.png, those of its labels, and \
      <stem>_blend.png, their weighted sum, which is what 'augment' shows to the control network.

          spolvero prior --image photo.jpg --mask mask.png --prior canny -o priors
      """)

  @Option(help: "The photograph.", completion: .file())
  var image: String

  @Option(help: "Its mask: a palette or grey PNG of class ids.", completion: .file())
  var mask: String

  @OptionGroup
  var classes: ClassOptions

  @OptionGroup(title: "Outlines")
  var prior: PriorOptions

  @Option(help: "What the sides are multiples of: what the model needs.")
  var sizeMultiple = 64

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(
    name: .shortAndLong, help: "Folder for the three images; made if needed.",
    completion: .directory)
  var output: String

  func validate() throws {
    guard (1...16384).contains(prior.resolution) && (1...16384).contains(sizeMultiple) else {
      throw ValidationError("--resolution and --size-multiple must be between 1 and 16384 pixels.")
    }
    if prior.kinds.count > 1 { throw ValidationError("--prior: one is drawn at a time.") }
  }

  mutating func run() throws {
    StopSignals.watch()
    try prior.settings[0].validate()
    let url = try existing(image, "file")
    let size = try GenerationSize(
      of: ImageSize(ofImageAt: url), named: image, resolution: prior.resolution,
      multiple: sizeMultiple)
    let photograph = try Image(contentsOf: url, warn: Console.warning)
    let labels = try LabelImage(contentsOf: existing(mask, "file"))
    guard labels.width == photograph.width && labels.height == photograph.height else {
      throw CommandError(
        .badData,
        "\(mask): the mask has \(labels.width)×\(labels.height) pixels, its photograph "
          + "\(photograph.width)×\(photograph.height). Give the mask of this photograph.")
    }
    let classes = try classes.given(.voc) ?? .voc
    let files = try places(for: url.deletingPathExtension().lastPathComponent)
    try StopSignals.check()
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: size.width, height: size.height,
      settings: prior.settings[0], classes: classes,
      annotator: prior.annotators(on: computing.open(), check: StopSignals.check)[0],
      check: StopSignals.check)
    try StopSignals.check()
    for (file, picture) in zip(files, [priors.image, priors.label, priors.blend]) {
      try writeAtomically(picture.pngData(), to: file)
      try Console.result([file.relativePath])
    }
  }

  /// Makes the folder for the images of a photograph.
  private func places(for stem: String) throws -> [URL] {
    let folder = URL(fileURLWithPath: output)
    try makeFolder(folder)
    let files = ["image", "label", "blend"].map {
      folder.appendingPathComponent("\(stem)_\($0).png")
    }
    for file in files { try checkReplaceable(file) }
    return files
  }
}
