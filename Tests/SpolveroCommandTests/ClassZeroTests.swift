import Foundation
import ImageFiles
import TestSupport
import Testing

/// A dataset as Cityscapes' train ids make it: 0 is the road, nothing is background, and two ids are left open.
@Suite struct ClassZeroTests {
  private let folder: TemporaryFolder
  private var root: String { folder.url.path + "/data" }
  private var names: String { folder.url.path + "/names.txt" }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/pipelines/sd15").path

  /// Two streets, of which the second has a car, with rims of 255 and a hood of 254.
  init() throws {
    folder = try TemporaryFolder()
    for (index, stem) in ["street", "busy"].enumerated() {
      var photograph = Image(width: 48, height: 40, channels: 3, fill: 90)
      var ids = [UInt8](repeating: 0, count: 48 * 40)
      for pixel in ids.indices {
        let (x, y) = (pixel % 48, pixel / 48)
        if y < 16 { ids[pixel] = 1 }
        if index == 1 && (12..<30).contains(x) && (14..<28).contains(y) { ids[pixel] = 13 }
        if y >= 36 { ids[pixel] = 254 }
        if x == 40 { ids[pixel] = 255 }
        for channel in 0..<3 {
          photograph.pixels[3 * pixel + channel] = [90, 200, 0, 20][Int(ids[pixel]) % 4]
        }
      }
      try folder.write(photograph.jpegData(), "data/JPEGImages/\(stem).jpg")
      let mask = LabelImage(width: 48, height: 40, ids: ids)
      try folder.write(mask.pngData(), "data/SegmentationClass/\(stem).png")
    }
    try folder.write("street\nbusy\n", "data/ImageSets/Segmentation/train.txt")
    try folder.write("0 road\n1 sky\n13 car\n254 void\n", "names.txt")
  }

  private func run(_ arguments: [String]) throws -> String {
    let result = try CommandLineTool.run(arguments) { _ in }
    #expect(result.status == 0, "\(arguments)\n\(result.errors)")
    return result.output
  }

  private func augment(_ output: String, _ more: String...) throws -> String {
    try run(
      [
        "augment", "--dataset", root, "--classes", names, "--output",
        "\(folder.url.path)/\(output)",
        "--model", Self.models + "/model", "--adapter", Self.models + "/adapter", "--resolution",
        "64", "--target-per-class", "3", "--steps", "2", "--json",
      ] + more)
  }

  private func ledger(_ output: String) throws -> [[String: any Sendable]] {
    try LedgerLines(of: folder.appending("\(output)/ledger.jsonl")).images.map {
      try #require(
        JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: any Sendable])
    }
  }

  @Test func statisticsCountTheRoad() throws {
    let text = try run(["statistics", root, "--classes", names, "--json"])
    #expect(text.contains(#""road" : 2"#) && text.contains(#""car" : 1"#))
    let void = try CommandLineTool.run(["statistics", root]) { _ in }
    #expect(void.status == 65 && void.errors.contains("beyond the class list (254)"))
  }

  @Test(arguments: ["canny", "label-edges"]) func theRoadIsBalancedNamedAndShown(
    prior: String
  ) throws {
    let summary = try augment("out", "--prior", prior)
    #expect(summary.contains(#""road" : 5"#) && summary.contains(#""car" : 3"#))
    let street = "A photo of road, sky"
    #expect(
      try ledger("out").map { $0["prompt"] as? String }
        == [street, "\(street), car", "\(street), car"])
    // The output says itself what its ids mean.
    let output = folder.url.path + "/out"
    #expect(try run(["statistics", output, "--json"]).contains(#""road" : 5"#))
    let sheet = folder.url.path + "/sheet.png"
    _ = try run(["sheet", output, "--side", "48", "-o", sheet])
    // In the last column the road is darker than in the image beside it: it is no background.
    let image = try Image(contentsOf: URL(fileURLWithPath: sheet))
    let road = 3 * ((30 + 4 + 34) * image.width + 3 * 52 + 4)
    #expect(image.pixels[road + 3 * 52] == image.pixels[road] / 2)
  }

  @Test func ignoredIDsAreNoAreasForTheOutlinesOnlyWhereThereIsABackground() throws {
    let refused = try CommandLineTool.run([
      "augment", "--dataset", root, "--classes", names, "--border-as-background", "--dry-run",
    ]) { _ in }
    #expect(refused.status == 64 && refused.errors.contains("id 0 is 'road'"))
    try folder.write("0 background\n1 sky\n13 car\n254 void\n", "names.txt")
    func edges(_ more: String...) throws -> Image {
      let looks = folder.url.path + "/looks"
      _ = try run(
        [
          "prior", "--image", root + "/JPEGImages/busy.jpg", "--mask",
          root + "/SegmentationClass/busy.png", "--classes", names, "--prior", "label-edges",
          "--resolution", "40", "--size-multiple", "1", "-o", looks,
        ] + more)
      return try Image(contentsOf: URL(fileURLWithPath: looks + "/busy_label.png"))
    }
    // The hood's upper edge, and the line of 255.
    let (hood, rim) = (36 * 48 + 5, 30 * 48 + 40)
    let (plain, merged) = try (edges(), edges("--border-as-background"))
    #expect(plain.pixels[plain.channels * hood] == 255 && plain.pixels[plain.channels * rim] == 255)
    #expect(merged.pixels[merged.channels * hood] == 0 && merged.pixels[merged.channels * rim] == 0)
  }
}
