import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Scribbles that are drawn of masks.
@Suite struct ScribbleTests {
  /// A region of each shape that is hard to thin: a ring, a comb, a cross of lines, squares of any size and dots.
  private static let shapes: LabelImage = {
    var labels = LabelImage(width: 96, height: 64, ids: [UInt8](repeating: 0, count: 96 * 64))
    func fill(_ id: UInt8, _ isInside: (Int, Int) -> Bool) {
      for y in 0..<64 { for x in 0..<96 where isInside(x, y) { labels.ids[y * 96 + x] = id } }
    }
    fill(1) { x, y in (64...324).contains((x - 20) * (x - 20) + (y - 20) * (y - 20)) }
    fill(2) { x, y in (44..<90).contains(x) && (4..<24).contains(y) && (y < 10 || x / 4 % 2 == 0) }
    fill(3) { x, y in abs(x - 24 - y + 40) < 2 && (40..<62).contains(y) || y == 52 && x < 40 }
    for side in 1...6 {
      fill(4) { x, y in (0..<side).contains(x - 44 - 8 * side) && (0..<side).contains(y - 40) }
    }
    fill(255) { x, y in (50..<60).contains(x) && y > 50 }
    labels.ids[63 * 96 + 95] = 7
    return labels
  }()

  /// Regions by connected pixels, found in another way: ids of neighbours are merged until nothing changes.
  private func regions(of labels: LabelImage) -> [Int] {
    var names = Array(labels.ids.indices)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for pixel in names.indices {
        let (x, y) = (pixel % labels.width, pixel / labels.width)
        for (dx, dy) in [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)]
        where (0..<labels.width).contains(x + dx) && (0..<labels.height).contains(y + dy) {
          let other = pixel + dy * labels.width + dx
          if labels.ids[other] == labels.ids[pixel] && names[other] < names[pixel] {
            names[pixel] = names[other]
            hasChanged = true
          }
        }
      }
    }
    return names
  }

  @Test(arguments: [1, 2, 3, 8], [0.1, 0.5, 1])
  func everyRegionHasOneAndNoneLeavesIt(thickness: Int, length: Double) {
    let labels = Self.shapes
    let drawn = labels.scribbles(
      .init(thickness: thickness, length: length, seed: 3), .voc, named: "a")
    for (drawn, id) in zip(drawn.ids, labels.ids) { #expect(drawn == 255 || drawn == id) }
    let regions = regions(of: labels)
    let scribbled = Set(regions.indices.filter { drawn.ids[$0] != 255 }.map { regions[$0] })
    #expect(scribbled == Set(regions.indices.filter { labels.ids[$0] != 255 }.map { regions[$0] }))
    #expect(drawn.ids[63 * 96 + 95] == 7, "a region of one pixel is a dot")
  }

  @Test func linesAreThinAndRunAlongTheMiddle() {
    let labels = LabelImage(
      width: 60, height: 21, ids: (0..<60 * 21).map { (2..<58).contains($0 % 60) ? 5 : 255 })
    let drawn = labels.scribbles(.init(thickness: 3), .voc, named: "a")
    let rows = (0..<21).filter { y in (20..<40).contains { drawn.ids[y * 60 + $0] == 5 } }
    #expect(rows == [9, 10, 11])
    let columns = (0..<60).filter { drawn.ids[10 * 60 + $0] == 5 }
    #expect(
      (30...56).contains(columns.count)
        && columns.count == columns[columns.count - 1] - columns[0] + 1)
    let thin = labels.scribbles(.init(thickness: 1), .voc, named: "a")
    #expect(thin.ids.count { $0 == 5 } <= columns.count)
  }

  @Test func lengthSeedAndNameChooseAPart() {
    func count(_ settings: ScribbleSettings) -> Int {
      Self.shapes.scribbles(settings, .voc, named: "a").ids.count { $0 != 255 }
    }
    #expect(count(.init(length: 0.3)) < count(.init(length: 0.7)))
    #expect(count(.init(length: 0.7)) < count(.init()))
    func drawn(_ seed: UInt64, _ name: String, _ length: Double = 0.5) -> LabelImage {
      Self.shapes.scribbles(.init(length: length, seed: seed), .voc, named: name)
    }
    #expect(drawn(1, "a") == drawn(1, "a"))
    #expect(drawn(1, "a") != drawn(2, "a") && drawn(1, "a") != drawn(1, "b"))
    #expect(drawn(1, "a", 1) == drawn(2, "b", 1), "a whole line leaves nothing to choose")
  }

  @Test func whereNothingIsBackgroundNoneIsDrawnOfIt() {
    let street = LabelEncoding(background: nil, ignored: [255, 9])
    let labels = LabelImage(width: 9, height: 1, ids: [0, 0, 0, 9, 9, 9, 4, 4, 4])
    #expect(
      labels.scribbles(.init(thickness: 1), street, named: "a").ids
        == [0, 0, 0, 255, 255, 255, 4, 4, 4])
  }
}

/// Scribbles that are read in place of masks.
@Suite struct ScribbledDatasetTests {
  private let dataset: TemporaryDataset
  private var folder: URL { dataset.folder.appending(path: "scribbles") }

  init() throws {
    dataset = try TemporaryDataset(inside: "voc")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try dataset.writePair("a", ids: [1, 1, 1])
    try dataset.writePair("b", ids: [2])
    try dataset.writeSplit("a\nb\n")
  }

  private func write(_ stem: String, _ ids: [UInt8], palette: [RGB] = []) throws {
    let labels = LabelImage(width: 4, height: 3, ids: ids, palette: palette)
    try labels.pngData().write(to: folder.appending(path: "\(stem).png"))
  }

  private func write(_ stem: String, colours: [RGB]) throws {
    let image = Image(
      width: 4, height: 3, channels: 3, pixels: colours.flatMap { [$0.red, $0.green, $0.blue] })
    try image.pngData().write(to: folder.appending(path: "\(stem).png"))
  }

  private func ids(_ first: UInt8...) -> [UInt8] {
    first + [UInt8](repeating: 255, count: 12 - first.count)
  }

  private func open() throws -> SegmentationDataset {
    let layout = VOCLayout().labelled(in: folder)
    return try SegmentationDataset(root: dataset.root, split: "train", layout: layout)
      .readingScribbles(in: folder)
  }

  @Test func idsAndPalettesAreReadAsTheyAre() throws {
    try write("a", ids(0, 7, 7))
    try write("b", ids(0, 3), palette: Palette.voc)
    let scribbled = try open()
    #expect(try scribbled.scan().classes == ["a": [7], "b": [3]])
    for entry in scribbled.entries {
      let file = try Data(contentsOf: entry.mask.url)
      #expect(try entry.mask.data(from: file) == file && entry.instances == nil)
    }
  }

  /// White, or the colour of 255, is where nobody scribbled, and black is the background then; alone, black is nothing.
  @Test(arguments: [RGB(255, 255, 255), RGB(224, 224, 192), RGB(0, 0, 0)])
  func coloursAreTheClasses(open: RGB)
    throws
  {
    let (black, bird) = (RGB(0, 0, 0), Palette.voc[3])
    let colours = [black, bird, bird] + [RGB](repeating: open, count: 9)
    try write("a", colours: colours)
    try write("b", ids(2))
    let entry = try self.open().entries[0]
    let labels = try entry.mask.labels()
    #expect(labels.ids == ids(open == black ? 255 : 0, 3, 3))
    let stored = try entry.mask.data(from: Data(contentsOf: entry.mask.url))
    #expect(try LabelImage(decoding: stored, name: "stored").ids == labels.ids)
    #expect(
      try LabelImage(decoding: stored, name: "stored")
        .coloured(with: labels.palette).pixels == colours.flatMap { [$0.red, $0.green, $0.blue] },
      "the file's own colours can be had back")
  }

  @Test func aPhotographNeedsNoMaskOfItsOwn() throws {
    try FileManager.default.removeItem(at: dataset.root.appending(path: "SegmentationClass/b.png"))
    try write("a", ids(1))
    try write("b", ids(2))
    #expect(try open().scan().classes == ["a": [1], "b": [2]])
  }

  @Test func saysWhatIsWrong() throws {
    #expect(throws: DatasetError.self) { try open() }
    try write("a", colours: [RGB(1, 2, 3)] + [RGB](repeating: RGB(255, 255, 255), count: 11))
    let problems = try open().scan().problems.map(\.description)
    #expect(problems.contains { $0.contains("scribbles/b.png") || $0.contains("no mask b.png") })
    #expect(problems.contains { $0.contains("colour (1, 2, 3) at (0, 0) is no class's") })
    try write("a", ids())
    try write("b", ids(2))
    #expect(try open().scan().problems[0].description.contains("the scribbles are empty"))
    let small = LabelImage(width: 2, height: 2, ids: [1, 1, 1, 1])
    try small.pngData().write(to: folder.appending(path: "a.png"))
    #expect(try open().scan().problems[0].description.contains("2×2 pixels, its photograph 4×3"))
  }

  @Test func photographsOfOtherLayoutsNeedOneToo() throws {
    try write("a", ids(1))
    let plain = try SegmentationDataset(root: dataset.root, split: "train")
      .readingScribbles(in: folder)
    #expect(plain.entries.map(\.stem) == ["a"] && plain.problems.map(\.stem) == ["b"])
    #expect(plain.problems[0].isMissing)
  }
}
