import ArgumentParser
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles

/// Images that are shown to the model beside the words, and the IP-Adapter that shows them.
struct ImagePromptOptions: ParsableArguments {
  @Option(
    name: .customLong("image-prompt"),
    help: "Image that is shown beside the words, of any size. Several may be given.",
    completion: .file())
  var images: [String] = []

  @Option(
    name: .customLong("image-prompt-model"),
    help: "safetensors file of an IP-Adapter, base or plus, that was trained for the model.",
    completion: .file())
  var adapter: String?

  @Option(
    name: .customLong("image-prompt-encoder"),
    help: "Folder of the CLIP vision encoder that the IP-Adapter was trained with.",
    completion: .directory)
  var encoder: String?

  @Option(
    name: .customLong("image-prompt-scale"),
    help: "Factor of what the images say beside the words; 0.5 keeps both in sight. (default: 1)")
  var scale: Float?

  func validate() throws {
    let given = [!images.isEmpty, adapter != nil, encoder != nil]
    if Set(given).count > 1 || (scale != nil && images.isEmpty) {
      throw ValidationError(
        "--image-prompt, --image-prompt-model and --image-prompt-encoder belong together: an image, the "
          + "IP-Adapter that shows it, and the encoder that looks at it.")
    }
    if scale?.isFinite == false {
      throw ValidationError("--image-prompt-scale must be a finite number.")
    }
  }

  /// Where the networks are, if there are images.
  var source: ImagePromptSource? {
    guard let adapter, let encoder else { return nil }
    return ImagePromptSource(
      adapter: URL(fileURLWithPath: adapter), encoder: URL(fileURLWithPath: encoder))
  }

  /// How the images take part.
  var settings: ControlSettings? { scale.map { ControlSettings(scale: $0) } }

  /// Reads the images.
  func read() throws -> [Image] {
    try images.map { try Image(contentsOf: existing($0, "file"), warn: Console.warning) }
  }

  /// For the text of an image.
  var texts: [(key: String, value: String)] {
    guard let source else { return [] }
    let names = images.map { URL(fileURLWithPath: $0).lastPathComponent }
    return [
      ("image-prompt", names.joined(separator: ", ")),
      ("image-prompt-model", source.adapter.lastPathComponent),
      ("image-prompt-scale", "\(scale ?? 1)"),
    ]
  }
}
