import ArgumentParser
import Augmentation
import DurableFiles
import Faults
import Foundation
import ImageAnnotation
import ImageFiles

/// Draws control images of images.
struct Annotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw control images of any images: edges, line art, depth.",
    discussion: """
      The images are those of controlnet_aux's annotators, for 'generate' or for another program. Nothing is \
      downloaded; 'spolvero models' says where the networks come from.

        spolvero annotate photo.jpg --annotator canny --low 50 --high 150 -o edges.png
        spolvero annotate photos/*.jpg --annotator hed --model models/hed --scribble -o scribbles
      """)

  @Argument(help: "Images, PNG or JPEG.", completion: .file())
  var files: [String]

  @OptionGroup(title: "Annotator")
  var selection: AnnotatorSelection

  @OptionGroup(title: "Computing")
  var computing: DeviceOptions

  @Option(
    name: .shortAndLong,
    help:
      "The PNG to write for one image, NAME.png, or the folder for NAME.png of each; made if needed.",
    completion: .file())
  var output: String

  func validate() throws {
    if computing.precision != nil {
      throw ValidationError(
        "--precision: annotators compute in fp32, as those that models learnt from.")
    }
    try PNGTargets.validate(output, count: files.count)
  }

  mutating func run() throws {
    StopSignals.watch()
    let images = try files.map { try existing($0, "file") }
    try requireReadable(images)
    let targets = try PNGTargets(output, for: images)
    try StopSignals.check()
    let annotator = try selection.open(on: computing.open(), check: StopSignals.check)
    for (index, image) in images.enumerated() {
      try checkInterruption(drawn: index)
      let photograph = try Image(contentsOf: image, warn: Console.warning)
      let drawn = try annotator(photograph, at: selection.resolution)
      try writeAtomically(drawn.rgb().pngData(), to: targets.urls[index])
      try Console.result([targets.urls[index].relativePath])
    }
  }

  private func checkInterruption(drawn: Int) throws {
    guard StopSignals.interruption.isRequested else { return }
    throw CommandError(
      .interrupted,
      "Interrupted: \(drawn) of \(files.count) control images are written. The same command starts from the "
        + "first one.")
  }
}
