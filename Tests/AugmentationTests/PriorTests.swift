import Augmentation
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import Testing

/// What `tools/fixtures/augmentation_priors.py` made.
private let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Fixtures/augmentation")

private func fixture(_ name: String) throws -> Image {
  try Image(contentsOf: fixtures.appendingPathComponent("\(name).png"))
}

@Suite struct VisualPriorBlendingTests {
  /// Every pair of bytes, first by row, second by column.
  private var pairs: (first: Image, second: Image) {
    let first = (0..<256 * 256).map { UInt8($0 / 256) }
    let second = (0..<256 * 256).map { UInt8($0 % 256) }
    return (
      Image(width: 256, height: 256, channels: 1, pixels: first),
      Image(width: 256, height: 256, channels: 1, pixels: second)
    )
  }

  @Test(arguments: [("0.7", "0.9"), ("0.6", "1.0"), ("0.25", "0.5")])
  func equalsOpenCVOnAllPairsOfBytes(first: String, second: String) throws {
    let weights = try (#require(Float(first)), #require(Float(second)))
    let sum = pairs.first.blended(weight: weights.0, with: pairs.second, weight: weights.1)
    #expect(sum == (try fixture("weighted_\(first)_\(second)").rgb()))
    #expect(sum.channels == 3)
  }

  @Test func drawsBothOutlines() throws {
    var photograph = Image(width: 40, height: 30, channels: 3, fill: 10)
    for y in 0..<30 { for x in 60..<120 { photograph.pixels[y * 120 + x] = 220 } }
    var labels = LabelImage(width: 40, height: 30, ids: [UInt8](repeating: 0, count: 1200))
    for y in 10..<20 { for x in 0..<40 { labels.ids[y * 40 + x] = 15 } }

    var settings = PriorSettings()
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: 80, height: 64, settings: settings,
      classes: .voc,
      annotator: CannyDetector())
    #expect((priors.image.width, priors.image.height, priors.image.channels) == (80, 64, 1))
    #expect(priors.blend == priors.image.blended(weight: 0.7, with: priors.label, weight: 0.9))
    // 0.7 · 255 rounds to 178, 0.9 · 255 to 230, and where the lines cross the sum saturates.
    #expect(Set(priors.blend.pixels) == [0, 178, 230, 255])

    settings.label = .edges
    let edges = try VisualPriors(
      photograph: photograph, labels: labels, width: 40, height: 30, settings: settings,
      classes: .voc,
      annotator: CannyDetector())
    #expect(edges.label == labels.edges())

    let alone = try VisualPriors(
      photograph: photograph, labels: labels, width: 40, height: 30, settings: settings,
      classes: .voc,
      annotator: nil)
    #expect(alone.image == labels.edges() && alone.blend == labels.edges().rgb())
  }

  @Test(arguments: [(8, 8), (16, 8), (24, 24), (40, 56)])
  func theDetectorSeesPhotographAndColoursAsTheAnnotatorsResizeThem(
    width: Int, height: Int
  ) throws {
    let photograph = Image(
      width: 20, height: 12, channels: 3, pixels: (0..<720).map { UInt8($0 * 37 % 251) })
    let labels = LabelImage(width: 20, height: 12, ids: (0..<240).map { UInt8($0 / 7 % 21) })
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: width, height: height,
      settings: PriorSettings(), classes: .voc, annotator: Grey())
    let filter: ResizeFilter = width > 20 || height > 12 ? .lanczos4 : .area
    #expect(priors.image == photograph.resized(width: width, height: height, filter).grey())
    #expect(
      priors.label == labels.resizedNearest(width: width, height: height).coloured().grey())
  }

  /// Shows what a annotator is shown.
  private struct Grey: ControlAnnotator {
    func callAsFunction(_ image: Image) -> Image { image.grey() }
  }

  @Test func mayTakeTheBorderForBackground() throws {
    let ids: [UInt8] = [0, 0, 255, 255, 7, 7, 7, 255]
    let labels = LabelImage(width: 8, height: 1, ids: ids)
    #expect(labels.edges().pixels == [0, 255, 255, 255, 255, 0, 255, 255])
    #expect(labels.borderAsBackground(in: .voc).edges().pixels == [0, 0, 0, 255, 255, 0, 255, 255])

    var settings = PriorSettings()
    settings.borderAsBackground = true
    let priors = try VisualPriors(
      photograph: Image(width: 8, height: 1, channels: 3, fill: 0), labels: labels, width: 8,
      height: 1, settings: settings, classes: .voc, annotator: nil)
    #expect(priors.label == labels.borderAsBackground(in: .voc).edges())
  }

  @Test func theBorderStaysWhereThereIsNoBackground() {
    let labels = LabelImage(width: 3, height: 1, ids: [0, 255, 1])
    #expect(
      labels.borderAsBackground(in: ClassList(names: [0: "road", 1: "sky"]).encoding) == labels)
  }

  @Test func labelsAreControlImagesOfTheirOwn() throws {
    let labels = LabelImage(width: 4, height: 1, ids: [0, 7, 15, 255])
    func control(_ kind: PriorSettings.Kind) throws -> Image {
      var settings = PriorSettings()
      settings.kind = kind
      return try VisualPriors(
        photograph: Image(width: 4, height: 1, channels: 3, fill: 9), labels: labels, width: 8,
        height: 2, settings: settings, classes: .voc, annotator: nil
      ).blend
    }
    let larger = labels.resizedNearest(width: 8, height: 2)
    #expect(try control(.labelColours) == larger.coloured())
    #expect(
      try control(.labelIDs) == Image(width: 8, height: 2, channels: 1, pixels: larger.ids))
  }

  /// Colours first, then OpenCV's cubic, so that they mix; a file's own palette goes before the classes' colours.
  @Test func scribblesAreResizedInColours() throws {
    var labels = LabelImage(width: 4, height: 2, ids: [0, 7, 15, 255, 7, 7, 255, 255])
    var settings = PriorSettings()
    settings.kind = .scribbleColours
    func control() throws -> Image {
      try VisualPriors(
        photograph: Image(width: 4, height: 2, channels: 3, fill: 9), labels: labels, width: 9,
        height: 5, settings: settings, classes: .voc, annotator: nil
      ).blend
    }
    #expect(try control() == labels.coloured().resized(width: 9, height: 5, .cubic))
    labels.palette = (0..<256).map { RGB(UInt8($0), 3, UInt8(255 - $0)) }
    #expect(
      try control() == labels.coloured(with: labels.palette).resized(width: 9, height: 5, .cubic))
  }

  @Test func everyKindIsOneWordOfTheLedger() throws {
    let words = try JSONEncoder().encode(PriorSettings.Kind.allCases)
    #expect(
      String(decoding: words, as: UTF8.self)
        == #"["canny","hed","pidinet","sketch","depth","lineart","lineart-coarse","lineart-anime","#
        + #""lineart-standard","label-edges","label-colours","label-ids","scribble-colours"]"#)
    let kinds = try JSONDecoder().decode([PriorSettings.Kind].self, from: words)
    #expect(kinds == PriorSettings.Kind.allCases)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([PriorSettings.Kind].self, from: Data(#"["crayon"]"#.utf8))
    }
  }

  @Test func blendsColoursWithGrey() {
    let colours = Image(width: 1, height: 1, channels: 3, pixels: [10, 20, 30])
    let grey = Image(width: 1, height: 1, channels: 1, pixels: [100])
    #expect(colours.blended(weight: 1, with: grey, weight: 0.5).pixels == [60, 70, 80])
  }

  @Test func labelEdgesLookAtFourNeighbours() {
    let labels = LabelImage(
      width: 4, height: 4, ids: [1, 1, 1, 1, 1, 2, 1, 1] + [UInt8](repeating: 1, count: 8))
    #expect(
      labels.edges().pixels == [0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0])
  }
}
