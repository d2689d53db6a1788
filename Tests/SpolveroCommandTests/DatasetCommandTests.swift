import Foundation
import ImageFiles
import TestSupport
import Testing

/// `statistics`, `augment --dry-run`, `prior` and `sheet` on datasets as people have them.
@Suite struct DatasetCommandTests {
  private let folder: TemporaryFolder
  private var root: String { folder.url.path }

  /// A dataset of two photographs whose masks hold 0, 2 and 255.
  init() throws {
    folder = try TemporaryFolder()
    for path in ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path), withIntermediateDirectories: true)
    }
    for stem in ["a", "b"] { try add(stem, width: 32, height: 24) }
    try folder.write("a\nb\n", "ImageSets/Segmentation/train.txt")
    try folder.write("road\nsky\ncar\n", "names.txt")
  }

  private func add(_ stem: String, width: Int, height: Int) throws {
    let photograph = Image(width: width, height: height, channels: 3, fill: 40)
    try folder.write(photograph.jpegData(), "JPEGImages/\(stem).jpg")
    let ids = (0..<width * height).map { [0, 2, 255][$0 % 3] as UInt8 }
    let mask = LabelImage(width: width, height: height, ids: ids)
    try folder.write(mask.pngData(), "SegmentationClass/\(stem).png")
  }

  private func run(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments) { _ in }
  }

  @Test func idZeroMayBeAClass() throws {
    let names = root + "/names.txt"
    let unsaid = try run("statistics", root, "--classes", names)
    #expect(unsaid.status == 65 && unsaid.errors.contains("--first-class-id 0"))
    let said = try run("statistics", root, "--classes", names, "--first-class-id", "0", "--json")
    #expect(said.status == 0 && said.output.contains(#""road" : 2"#))
    let plan = try run(
      "augment", "--dataset", root, "--classes", names, "--first-class-id", "0", "--dry-run")
    #expect(plan.status == 0 && plan.output.contains("road"))
    for wrong in [["--first-class-id", "0"], ["--classes", names, "--first-class-id", "2"]] {
      #expect(try CommandLineTool.run(["statistics", root] + wrong) { _ in }.status == 64)
    }
  }

  @Test func invalidPhotographsAreSkippedOnDemand() throws {
    try folder.write("no JPEG", "JPEGImages/b.jpg")
    for command in [["statistics", root], ["augment", "--dataset", root, "--dry-run"]] {
      let refused = try CommandLineTool.run(command) { _ in }
      #expect(refused.status == 65 && refused.errors.contains("b.jpg"))
      let skipped = try CommandLineTool.run(command + ["--skip-invalid", "--json"]) { _ in }
      #expect(skipped.status == 0 && skipped.errors.contains("b.jpg"))
      #expect(!skipped.output.contains("b.jpg"))
    }
    try folder.write("no JPEG", "JPEGImages/a.jpg")
    #expect(try run("statistics", root, "--skip-invalid").status == 65)
  }

  @Test func filesThatAreMissingAreAnotherExitCode() throws {
    try folder.write("a\nc\n", "ImageSets/Segmentation/train.txt")
    #expect(try run("statistics", root).status == 66)
    try folder.write("no JPEG", "JPEGImages/a.jpg")
    #expect(try run("statistics", root).status == 65)
  }

  @Test func stripsAreRefusedBeforeAnythingIsDrawn() throws {
    try add("strip", width: 17 * 16 + 1, height: 16)
    try folder.write("a\nstrip\n", "ImageSets/Segmentation/train.txt")
    let prior = try run(
      "prior", "--image", "\(root)/JPEGImages/strip.jpg", "--mask",
      "\(root)/SegmentationClass/strip.png", "-o", "\(root)/out")
    #expect(prior.status == 65 && prior.errors.contains("16:1"))
    #expect(!FileManager.default.fileExists(atPath: "\(root)/out"))
    let plan = try run("augment", "--dataset", root, "--dry-run")
    #expect(plan.status == 65 && plan.errors.contains("16:1"))
  }

  @Test func sheetsOfAbsurdSizesAreRefused() throws {
    let result = try run(
      "sheet", root, "--rows", "1000", "--side", "2048", "-o", "\(root)/sheet.png")
    #expect(result.status == 64 && result.errors.contains("too large a sheet"))
  }

  @Test func anUnfinishedRunCanBeLookedAt() throws {
    try FileManager.default.removeItem(at: folder.appending("ImageSets/Segmentation/train.txt"))
    try folder.write("{}", "spolvero.json")
    let statistics = try run("statistics", root, "--json")
    #expect(statistics.status == 0 && statistics.output.contains(#""images" : 2"#))
    #expect(statistics.errors.contains("not finished; its 2 photographs so far"))
    let sheet = try run("sheet", root, "-o", "\(root)/sheet.png")
    #expect(sheet.status == 65 && sheet.errors.contains("no image is finished yet"))
    let plan = try run("augment", "--dataset", root, "--dry-run")
    #expect(plan.status == 65 && plan.errors.contains("goes on where it stopped"))
  }

  @Test(arguments: [["statistics"], ["augment", "--dry-run", "--dataset"]])
  func stopsWhileItReadsFiles(command: [String]) throws {
    let stems = (0..<40).map { "large\($0)" }
    try add("large", width: 1000, height: 1000)
    for path in ["JPEGImages/large*.jpg", "SegmentationClass/large*.png"] {
      let data = try Data(contentsOf: folder.appending(path.replacing("*", with: "")))
      for stem in stems { try folder.write(data, path.replacing("large*", with: stem)) }
    }
    try folder.write(stems.joined(separator: "\n"), "ImageSets/Segmentation/train.txt")
    let result = try CommandLineTool.run(command + [root]) { process in
      // The signal comes when it is listened to, and long before 40 megapixels are read.
      while process.isRunning && !process.takes(SIGINT) { usleep(500) }
      kill(process.processIdentifier, SIGINT)
    }
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
