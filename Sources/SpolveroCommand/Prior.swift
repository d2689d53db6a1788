import ArgumentParser
import Augmentation
import Foundation
import ImageFiles

/// Draws the outlines of one labelled photograph, to look at.
struct Prior: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the outlines of a labelled photograph, to look at.",
    discussion: """
      Writes <stem>_image.png, the photograph's outlines, <stem>_label.png, those of its labels, and \
      <stem>_blend.png, their weighted sum, which is what 'augment' shows to the adapter.
      """)

  @Option(help: "The photograph.")
  var image: String

  @Option(help: "Its mask: a palette or grey PNG of class ids.")
  var mask: String

  @OptionGroup(title: "Outlines")
  var prior: PriorOptions

  @Option(help: "What the sides are multiples of: what the model needs.")
  var sizeMultiple = 64

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(name: .shortAndLong, help: "Folder for the three pictures; made if needed.")
  var output: String

  func validate() throws {
    guard (1...16384).contains(prior.resolution) && (1...16384).contains(sizeMultiple) else {
      throw ValidationError("--resolution and --size-multiple must be between 1 and 16384 pixels.")
    }
  }

  mutating func run() throws {
    try prior.settings.validate()
    let url = try existing(image, "file")
    let photograph = try Image(contentsOf: url, warn: Console.warning)
    let labels = try LabelImage(contentsOf: existing(mask, "file"))
    guard labels.width == photograph.width && labels.height == photograph.height else {
      throw CommandError(
        .badData,
        "\(mask): the mask has \(labels.width)×\(labels.height) pixels, its photograph "
          + "\(photograph.width)×\(photograph.height). Give the mask of this photograph.")
    }
    let size = PaintingSize(
      ofWidth: photograph.width, height: photograph.height, resolution: prior.resolution,
      multiple: sizeMultiple)
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: size.width, height: size.height,
      settings: prior.settings, detector: prior.detector(on: computing.open()))
    try write(priors, stem: url.deletingPathExtension().lastPathComponent)
  }

  private func write(_ priors: VisualPriors, stem: String) throws {
    let folder = URL(fileURLWithPath: output)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandError(.cannotCreate, "\(output): this folder cannot be made. Check the path.")
    }
    for (name, picture) in [
      ("image", priors.image), ("label", priors.label), ("blend", priors.blend),
    ] {
      let url = folder.appendingPathComponent("\(stem)_\(name).png")
      do { try writeAtomically(picture.pngData(), to: url) } catch {
        throw CommandError(.inputOutput, "\(error)")
      }
      print(url.relativePath)
    }
  }
}
