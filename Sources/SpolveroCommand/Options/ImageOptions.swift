public import ArgumentParser
public import Augmentation
import Foundation

extension PromptStyle: ExpressibleByArgument {}
extension AugmentationSettings.ImageFormat: ExpressibleByArgument {}
extension ClassOrder: ExpressibleByArgument {}

/// Which images to make, and from what prompts.
struct ImageOptions: ParsableArguments {
  @Option(
    help: """
      Captions of the photographs: JSON lines, CSV, COCO's captions, or a folder of text files named \
      like the photographs.
      """, completion: .file())
  var captions: String?

  @Option(
    help: """
      Folder of a captioner, as 'caption' takes it: it describes the photographs first, and captions.jsonl in the output \
      keeps what it said.
      """, completion: .directory)
  var captioner: String?

  @Option(
    help:
      "How caption and classes become a prompt. (default: appended, for ScribbleGen high-quality)")
  var promptStyle: PromptStyle?

  @Flag(help: "--prompt-style high-quality: name the classes too.")
  var addClasses = false

  @Option(
    help: """
      The order in which prompts name classes: that of their ids, the largest in the mask first, or as they appear in it \
      from the upper left on.
      """)
  var classOrder = ClassOrder.id

  // Texts may begin with a dash.
  @Option(name: .shortAndLong, parsing: .unconditional, help: "What to avoid.")
  var negativePrompt: String?

  @Option(help: "Paint until every class is on so many images, originals included.")
  var targetPerClass: Int?

  @Option(
    help: """
      Paint exactly so many images, those that even the classes out. (default: as many as there are \
      originals)
      """)
  var images: Int?

  @Option(help: "Paint every labelled photograph so often instead, without balancing.")
  var copies: Int?

  @Option(name: .shortAndLong, help: "Chooses every image's noise, with its stem and number.")
  var seed: UInt64 = 0

  @Option(help: "Kind of file of the generated images. (default: that of the output's layout)")
  var imageFormat: AugmentationSettings.ImageFormat?

  @Flag(
    help: """
      Leave generated images and their masks at the size that was painted (see --resolution), instead \
      of enlarging them to the photograph's.
      """)
  var keepPaintedSize = false

  @Flag(
    help: """
      Squash photographs to squares of --resolution for painting, as ScribbleGen does: for networks that have learnt from \
      such.
      """)
  var square = false

  @Option(help: "Paint an image again whose fit is lower, with other noise; see --retries.")
  var minFit: Double?

  @Option(help: "How often an image is painted again at most; the best of all is kept.")
  var retries: Int?

  func validate() throws {
    if captions != nil && captioner != nil {
      throw ValidationError("--captions and --captioner exclude each other: give one of them.")
    }
  }

  func readCaptions() throws -> Captions? {
    try captions.map { try Captions(contentsOf: URL(fileURLWithPath: $0)) }
  }
}
