import ArgumentParser
import Augmentation
import Foundation
import SegmentationDatasets

/// Draws scribbles of whole masks.
struct Scribble: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw scribbles of a dataset's masks, as somebody might have labelled it in a hurry.",
    discussion: """
      Every connected region of a class, and of the background, gets a line along its middle, which stays inside it; a \
      region of one pixel gets a dot. Of each photograph there is a PNG of its name, of grey ids with 255 where nothing is \
      scribbled or, with --colors, of the same ids with the classes' colours as their palette. The same command goes on \
      where it was stopped. --scribbles of other commands takes the folder:

          spolvero scribble VOC2012 -o scribbles
          spolvero scribble VOC2012 --split val --thickness 5 --length 0.5 --seed 7 --colors -o scribbles-val
          spolvero statistics VOC2012 --scribbles scribbles
      """)

  @Argument(help: "Folder of the dataset, or one above it.", completion: .directory)
  var root: String

  @OptionGroup(title: "Dataset")
  var dataset: DatasetOptions

  @Option(
    name: .shortAndLong, help: "Folder to write: new, empty, or to go on with.",
    completion: .directory)
  var output: String

  @Option(help: "How thick the lines are, in pixels.")
  var thickness = 3

  @Option(help: "Share of each line that is drawn, above 0, up to 1; the seed says which part.")
  var length = 1.0

  @Option(name: .shortAndLong, help: "Chooses the parts.")
  var seed: UInt64 = 0

  @Flag(help: "Give the ids the classes' colours.")
  var colors = false

  @Flag(help: "Print one JSON object with the number of photographs.")
  var json = false

  func validate() throws {
    if !(1...1024).contains(thickness) {
      throw ValidationError("--thickness \(thickness): must be within 1 ... 1024 pixels.")
    }
    if !(length > 0 && length <= 1) {
      throw ValidationError("--length \(length): must be above 0, up to 1.")
    }
    if dataset.reading.scribbles != nil {
      throw ValidationError(
        "--scribbles: these are drawn here, from whole masks. Leave the option out.")
    }
  }

  mutating func run() throws {
    StopSignals.watch()
    let drawing = try ScribbleDrawing(
      of: dataset.open(root), .init(thickness: thickness, length: length, seed: seed),
      hasColours: colors, skippingInvalid: dataset.skipInvalid, check: StopSignals.check)
    DatasetOptions.note(skipped: drawing.skipped)
    let report = ProgressReport()
    try drawing.write(
      to: URL(fileURLWithPath: output), interruption: StopSignals.interruption
    ) { done, all in
      report.show("image \(done)/\(all)", fraction: Double(done) / Double(max(1, all)))
    }
    if json {
      try Console.result(json: ["images": drawing.count])
    } else {
      try Console.result(["\(output): scribbles of \(drawing.count) images"])
    }
  }
}
