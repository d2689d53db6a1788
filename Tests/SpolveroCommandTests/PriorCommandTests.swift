import Foundation
import ImageAnnotation
import ImageFiles
import TestSupport
import Testing

/// `spolvero prior` along every annotator, and along the labels alone.
@Suite struct PriorCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
  }

  private func prior(_ more: [String]) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      [
        "prior", "--image", folder.appending("data/JPEGImages/a.jpg").path, "--mask",
        folder.appending("data/SegmentationClass/a.png").path, "--resolution", "64", "-o",
        folder.appending("looks").path,
      ] + more
    ) { _ in }
  }

  private func look(_ name: String) throws -> Image {
    try Image(contentsOf: folder.appending("looks/a_\(name).png"))
  }

  @Test(arguments: AnnotatorKind.allCases) func blendsWhatAnAnnotatorDraws(
    kind: AnnotatorKind
  ) throws {
    let network = Fixture.url("annotators/\(kind == .sketch ? "pidinet" : kind.rawValue)").path
    let result = try prior(
      ["--prior", kind.rawValue] + (kind.hasNetwork ? ["--prior-model", network] : []))
    #expect(result.status == 0, "\(result.errors)")
    let (image, label, blend) = try (look("image"), look("label"), look("blend"))
    #expect(image.size == blend.size && label.size == blend.size)
    let sums = zip(image.grey().pixels, label.grey().pixels).map {
      min(255, 0.7 * Double($0) + 0.9 * Double($1))
    }
    #expect(zip(sums, blend.grey().pixels).allSatisfy { abs($0 - Double($1)) <= 0.51 })
  }

  @Test func showsTheLabelsAlone() throws {
    #expect(try prior(["--prior", "label-colours"]).status == 0)
    let colours = try look("blend")
    #expect(try prior(["--prior", "label-ids"]).status == 0)
    let ids = try look("blend")
    #expect(ids.channels == 1)
    let mask = try LabelImage(contentsOf: folder.appending("data/SegmentationClass/a.png"))
      .resizedNearest(width: ids.width, height: ids.height)
    #expect(ids.pixels == mask.ids && colours == mask.coloured())
  }

  @Test func aNetworkTooManyIsRefused() throws {
    for arguments in [
      ["--prior-model", "/nowhere"], ["--prior", "label-ids", "--prior-model", "/nowhere"],
    ] {
      let result = try prior(arguments)
      #expect(result.status == 64 && result.errors.contains("for 0 of them"), "\(result.errors)")
    }
  }
}
