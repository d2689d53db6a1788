import Foundation
import ImageFiles
import TestSupport
import Testing

/// Images begun at and repainted in part, by `generate` and `augment` with tiny random models.
@Suite struct EditingCommandTests {
  private let folder: TemporaryFolder
  private static let model = Fixture.url("pipelines/sd15/model").path
  private static let start = Fixture.url("pipelines/sd15/start.png").path
  private static let mask = Fixture.url("editing/mask.png").path

  init() throws { folder = try TemporaryFolder() }

  private func generate(_ output: String, _ more: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      [
        "generate", "-m", Self.model, "-p", "a dog", "--steps", "4", "-o",
        folder.appending(output).path,
      ]
        + more
    ) { _ in }
  }

  private func image(_ name: String) throws -> Image {
    try Image(contentsOf: folder.appending(name))
  }

  @Test func anImageIsStartedFromAtItsOwnSize() throws {
    let result = try generate("a.png", ["--init-image", Self.start, "--strength", "0.5"])
    #expect(result.status == 0, "\(result.errors)")
    // 101×67, less what is no multiple of 8.
    #expect(try image("a.png").size == ImageSize(width: 96, height: 64))
    let texts = try PNGText.all(in: folder.appending("a.png"))
    #expect(texts.contains(PNGText(key: "spolvero:strength", value: "0.5")))
    #expect(texts.contains(PNGText(key: "spolvero:init-image", value: "start.png")))
  }

  @Test(arguments: [[], ["--mask-crop", "4"]])
  func aMaskedPartIsPaintedAndTheRestKept(_ crop: [String]) throws {
    let result = try generate(
      "a.png", ["--init-image", Self.start, "--mask", Self.mask, "--keep-outside"] + crop)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("The mask is 90×60; it is resized to the image's 101×67."))
    let (found, original) = (
      try image("a.png"), try Image(contentsOf: URL(fileURLWithPath: Self.start))
    )
    #expect(found.size == original.size && found != original)
    let mask = try Image(contentsOf: URL(fileURLWithPath: Self.mask))
      .resized(width: 101, height: 67, .lanczos)
    for pixel in mask.pixels.indices where mask.pixels[pixel] < 128 {
      #expect(found.pixels[3 * pixel..<3 * pixel + 3] == original.pixels[3 * pixel..<3 * pixel + 3])
    }
  }

  @Test(arguments: [
    (["--strength", "0.5"], "--init-image FILE"),
    (["--init-image", start, "--mask-blur", "2"], "--mask FILE"),
    (["--init-image", start, "--strength", "0.5", "--encode-ratio", "0.5"], "exclude each other"),
    (["--init-image", start, "--strength", "1.5"], "within 0 ... 1"),
    (["--init-image", start, "--strength", "0.1"], "leaves none of 4 steps"),
    (
      ["--init-image", start, "--encode-ratio", "0.5", "--scheduler", "euler"],
      "Option: --scheduler ddim."
    ),
    (["--init-image", start, "--mask", mask, "--blended", "--strength", "1"], "--blended-start"),
    (["--init-image", "/nowhere.png"], "/nowhere.png"),
  ])
  func refusesWhatCannotBe(_ arguments: [String], _ words: String) throws {
    let result = try generate("a.png", arguments)
    #expect(result.status != 0 && result.errors.contains(words), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.appending("a.png").path))
  }

  private func augment(_ more: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      [
        "augment", "--dataset", folder.appending("data").path, "-o", folder.appending("out").path,
        "-m",
        Self.model, "--resolution", "64", "--images", "1", "--steps", "4", "--image-format", "png",
      ] + more
    ) { _ in }
  }

  /// A cat in the middle of a photograph, with a rim of 255.
  private func writeCat() throws {
    var mask = LabelImage(width: 48, height: 40, ids: [UInt8](repeating: 0, count: 48 * 40))
    var random = SystemRandomNumberGenerator()
    let photograph = Image(
      width: 48, height: 40, channels: 3,
      pixels: (0..<48 * 40 * 3).map { _ in .random(in: 0...255, using: &random) })
    for y in 9..<31 { for x in 9..<31 { mask.ids[y * 48 + x] = 255 } }
    for y in 11..<29 { for x in 11..<29 { mask.ids[y * 48 + x] = 8 } }
    try folder.write(photograph.pngData(), "data/JPEGImages/a.png")
    try folder.write(mask.pngData(), "data/SegmentationClass/a.png")
    try folder.write("a\n", "data/ImageSets/Segmentation/train.txt")
  }

  @Test(arguments: ["objects", "background"])
  func theRestOfAPhotographIsItsOwnToTheBit(_ part: String) throws {
    try writeCat()
    let result = try augment(["--repaint", part])
    #expect(result.status == 0, "\(result.errors)")
    // A sheet without control images.
    let sheet = folder.appending("sheet.png").path
    #expect(
      try CommandLineTool.run(["sheet", folder.appending("out").path, "-o", sheet]) { _ in }.status
        == 0)
    let original = try image("data/JPEGImages/a.png")
    let painted = try image("out/JPEGImages/a_1.png")
    let labels = try LabelImage(contentsOf: folder.appending("data/SegmentationClass/a.png"))
    let kept = labels.ids.indices.filter { labels.ids[$0] == (part == "objects" ? 0 : 8) }
    #expect(kept.allSatisfy { original.pixels[3 * $0] == painted.pixels[3 * $0] })
    #expect(painted != original)
    #expect(
      try Data(contentsOf: folder.appending("out/SegmentationClass/a_1.png"))
        == Data(contentsOf: folder.appending("data/SegmentationClass/a.png")))
  }

  @Test func photographsAreStartedFrom() throws {
    try writeCat()
    let result = try augment(["--start", "image", "--strength", "0.5", "--seed", "1"])
    #expect(result.status == 0, "\(result.errors)")
    // The same run has nothing left to do, another start is another run.
    #expect(try augment(["--start", "image", "--strength", "0.5", "--seed", "1"]).status == 0)
    #expect(try augment(["--start", "image", "--strength", "0.6", "--seed", "1"]).status != 0)
  }

  @Test func refusesARunThatWouldNotFollowItsMasks() throws {
    try writeCat()
    let result = try augment([])
    #expect(
      result.status == 64 && result.errors.contains("--start image or --repaint"),
      "\(result.errors)")
  }
}
