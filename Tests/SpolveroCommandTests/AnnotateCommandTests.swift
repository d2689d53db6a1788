import Foundation
import ImageFiles
import TestSupport
import Testing

/// `spolvero annotate` with tiny random networks.
@Suite struct AnnotateCommandTests {
  private let folder: TemporaryFolder
  private static let scene = Fixture.url("annotators/scene.png").path

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func annotate(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(["annotate"] + arguments) { _ in }
  }

  @Test func drawsWhatControlnetAuxDraws() throws {
    let network = Fixture.url("annotators/hed").path
    let result = try annotate(
      Self.scene, "--annotator", "hed", "--model", network, "--detect-resolution", "64",
      "--image-resolution", "128", "--device", "cpu", "-o", path("edges.png"))
    #expect(result.status == 0, "\(result.errors)")
    let drawn = try Image(contentsOf: folder.appending("edges.png")).grey()
    let expected = try Image(contentsOf: Fixture.url("annotators/hed_smaller.png")).grey()
    #expect(drawn.size == expected.size)
    let far = zip(drawn.pixels, expected.pixels).count { abs(Int($0) - Int($1)) > 1 }
    #expect(far * 1000 <= drawn.pixels.count)
  }

  @Test func readsAFileOfWeightsWithThePublishedNames() throws {
    // Of the published size, which the tiny file does not have.
    let weights = Fixture.url("annotators/hed/diffusion_pytorch_model.safetensors").path
    let result = try annotate(
      Self.scene, "--annotator", "hed", "--model", weights, "-o", path("edges.png"))
    #expect(result.status == 65 && result.errors.contains("[64, 3, 3, 3]"), "\(result.errors)")
  }

  @Test func manyImagesGoIntoAFolder() throws {
    try folder.write(Data(contentsOf: Fixture.url("annotators/scene.png")), "other.png")
    let result = try annotate(
      Self.scene, path("other.png"), "--annotator", "canny", "--detect-resolution", "64", "-o",
      path("edges"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 2)
    for name in ["scene", "other"] {
      #expect(
        try ImageSize(ofImageAt: folder.appending("edges/\(name).png"))
          == ImageSize(width: 1024, height: 512))
    }
  }

  @Test func writesNeverOverAnImage() throws {
    try folder.write(Data(contentsOf: Fixture.url("annotators/scene.png")), "scene.png")
    try FileManager.default.linkItem(
      at: folder.appending("scene.png"), to: folder.appending("link.png"))
    for output in [path("scene.png"), path("link.png"), folder.url.path] {
      let result = try annotate(path("scene.png"), "--annotator", "canny", "-o", output)
      #expect(result.status == 64 && result.errors.contains("overwritten"), "\(result.errors)")
    }
    let two = try annotate(
      path("scene.png"), Self.scene, "--annotator", "canny", "-o", path("edges"))
    #expect(two.status == 64 && two.errors.contains("two folders"), "\(two.errors)")
  }

  @Test func aNameIsThatOfOnePNG() throws {
    let jpeg = try annotate(Self.scene, "--annotator", "canny", "-o", path("edges.jpg"))
    #expect(jpeg.status == 64 && jpeg.errors.contains("ends in .png"))
    let two = try annotate(Self.scene, "b.png", "--annotator", "canny", "-o", path("edges.png"))
    #expect(two.status == 64 && two.errors.contains("there are 2 images"))
    #expect(try folder.contents.isEmpty)
  }

  @Test func namesEveryImageThatCannotBeRead() throws {
    try folder.write("no image", "a.png")
    try folder.write("none either", "b.png")
    let result = try annotate(
      path("a.png"), Self.scene, path("b.png"), "--annotator", "canny", "-o", path("edges"))
    #expect(result.status == 65)
    #expect(result.errors.contains("a.png: ") && result.errors.contains("b.png: "))
    #expect(result.errors.contains("2 of 3 images"))
    #expect(try folder.contents == ["a.png", "b.png"])
  }

  @Test(arguments: [
    (["--annotator", "canny", "--safe"], "--safe is for --annotator hed, pidinet"),
    (["--annotator", "hed", "--model", "x", "--low", "3"], "--low is for --annotator canny"),
    (["--annotator", "hed", "--model", "x", "--apply-filter"], "--apply-filter is for"),
    (["--annotator", "hed"], "needs its network"),
    (["--annotator", "canny", "--model", "x"], "no network draws canny"),
    (["--annotator", "canny", "--low", "300"], "--low 300 and --high 200"),
    (["--annotator", "canny", "--detect-resolution", "63"], "64 ... 16384"),
    (["--annotator", "crayon"], "crayon"),
    (["--annotator", "canny", "--precision", "bf16"], "annotators compute in fp32"),
    (["--annotator", "lineart-standard", "--image-resolution", "512"], "not for lineart-standard"),
  ])
  func refusesWhatDoesNotFit(arguments: [String], words: String) throws {
    let result = try CommandLineTool.run(
      ["annotate", Self.scene] + arguments + ["-o", path("a.png")]
    ) { _ in }
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }
}
