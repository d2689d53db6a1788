import ArgumentParser
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import Tensors

/// Embeds images and texts with CLIP, and compares them.
struct Embed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say with CLIP how similar images and texts are, and write their embeddings.",
    discussion: """
      The table has a line an image and a column a text: the cosines of their embeddings, as OpenAI's and OpenCLIP's models \
      in transformers' layout give them. '-o' writes the embeddings themselves, not normalised, in the order in which they \
      were asked for.

        spolvero embed --model models/clip --image dog.jpg --text "a photo of a dog" --text "a photo of a cat"
        spolvero embed --model models/clip --image photos/*.jpg --image more/*.png -o embeddings.safetensors
      """)

  @Option(
    name: .shortAndLong,
    help: """
      Folder of a CLIPModel with tokenizer and preprocessor_config.json, or of diffusers with text_encoder and \
      image_encoder.
      """, completion: .directory)
  var model: String

  @Option(
    name: .customLong("image"), parsing: .upToNextOption, help: "Images, PNG or JPEG.",
    completion: .file())
  var images: [String] = []

  @Option(name: .customLong("text"), parsing: .upToNextOption, help: "Texts, each in quotes.")
  var texts: [String] = []

  @Flag(help: "Print one JSON object, with the cosines by image and text.")
  var json = false

  @Option(
    name: .shortAndLong,
    help: "The safetensors file to write: image_embeds and text_embeds.", completion: .file())
  var output: String?

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  func validate() throws {
    if images.isEmpty && texts.isEmpty {
      throw ValidationError("There is nothing to embed: give --image FILE or --text TEXT.")
    }
    if output == nil && (images.isEmpty || texts.isEmpty) {
      throw ValidationError(
        "There is nothing to compare: give both --image FILE and --text TEXT, or -o FILE for the embeddings."
      )
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let files = try images.map { try existing($0, "file") }
    try requireReadable(files)
    let target = try output.map(writableFile)
    let device = try computing.open()
    let embedder = try computing.load(model, on: device) {
      try CLIPEmbedder($0, device: device, precision: $1)
    }
    for text in texts {
      guard let rest = embedder.unreadPart(of: text) else { continue }
      Console.warning("the text is too long, and CLIP does not read its end: \(rest)")
    }
    let result = Embeddings(
      images: try embed(files, embedder), texts: try embedder(texts), names: images, texts: texts)
    if let target { try result.write(to: target) }
    if json {
      try Console.result(json: result.comparison)
    } else {
      try Console.result(result.lines)
    }
  }

  /// The images are read and embedded in batches, so that few of them are in memory at once.
  private func embed(_ files: [URL], _ embedder: CLIPEmbedder) throws -> [[Float]] {
    let report = ProgressReport()
    var embeddings: [[Float]] = []
    for start in stride(from: 0, to: files.count, by: CLIPEmbedder.batchSize) {
      try StopSignals.check()
      let batch = files[start..<min(start + CLIPEmbedder.batchSize, files.count)]
      embeddings += try embedder(
        batch.map { try Image(contentsOf: $0, warn: Console.warning) })
      if files.count > CLIPEmbedder.batchSize {
        report.show(
          "image \(embeddings.count)/\(files.count)",
          fraction: Double(embeddings.count) / Double(files.count))
      }
    }
    return embeddings
  }
}
