import Foundation
import ImageFiles
import TestSupport
import Testing

/// `scribble`, `augment --recipe scribblegen` and `schedule`, with tiny random models.
@Suite struct ScribbleGenCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  /// Three photographs of a cat, the last one with a dog.
  init() throws {
    folder = try TemporaryFolder()
    for (index, stem) in ["a", "b", "c"].enumerated() {
      var labels = LabelImage(width: 48, height: 40, ids: [UInt8](repeating: 0, count: 48 * 40))
      var photograph = Image(width: 48, height: 40, channels: 3, fill: 30)
      for y in 8..<30 {
        for x in 10 + index..<30 {
          labels.ids[y * 48 + x] = index == 2 && x > 20 ? 12 : 8
          photograph.pixels[3 * (y * 48 + x)] = UInt8(200 - x)
        }
      }
      try folder.write(photograph.jpegData(), "data/JPEGImages/\(stem).jpg")
      try folder.write(labels.pngData(), "data/SegmentationClass/\(stem).png")
    }
    try folder.write("a\nb\nc\n", "data/ImageSets/Segmentation/train.txt")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  @discardableResult
  private func run(_ arguments: String..., expecting status: Int32 = 0) throws -> String {
    try run(arguments, expecting: status)
  }

  private func run(_ arguments: [String], expecting status: Int32 = 0) throws -> String {
    let result = try CommandLineTool.run(arguments) { _ in }
    #expect(result.status == status, "\(arguments): \(result.errors)")
    return status == 0 ? result.output : result.errors
  }

  private func augment(_ output: String, _ more: String...) -> [String] {
    [
      "augment", "--recipe", "scribblegen", "--dataset", path("data"), "-o", path(output), "-m",
      Self.models + "/model", "--control", Self.models + "/control_dropout", "--resolution", "64",
      "--steps", "4", "--encode-ratio", "0.5,1.0", "--device", "cpu",
    ] + more
  }

  private func list(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  private func drawScribbles() throws {
    try run("scribble", path("data"), "-o", path("scribbles"), "--colors")
  }

  @Test func scribblesAreDrawnAndRead() throws {
    try drawScribbles()
    let whole = try tree(folder.appending("scribbles"))
    #expect(Set(whole.keys) == ["a.png", "b.png", "c.png", "scribbles.json"])
    let labels = try LabelImage(contentsOf: folder.appending("scribbles/c.png"))
    #expect(labels.classes == [0, 8, 12, 255] && labels.palette[8] == Palette.voc[8])
    #expect(labels.ids.count { $0 == 255 } > 48 * 40 / 2)
    // Goes on, to the byte; other settings are refused.
    try FileManager.default.removeItem(at: folder.appending("scribbles/b.png"))
    try drawScribbles()
    #expect(try tree(folder.appending("scribbles")) == whole)
    let other = try run(
      "scribble", path("data"), "-o", path("scribbles"), "--thickness", "5", expecting: 73)
    #expect(other.contains("other ones"), "\(other)")
    let statistics = try run(
      "statistics", path("data"), "--scribbles", path("scribbles"), "--json")
    #expect(statistics.contains(#""dog" : 1"#) && statistics.contains(#""cat" : 3"#))
    // A dataset of scribbles in another layout.
    try run(
      "convert-dataset", path("data"), "--scribbles", path("scribbles"), "--output-layout",
      "mmsegmentation", "-o", path("mm"))
    #expect(
      try LabelImage(contentsOf: folder.appending("mm/ann_dir/train/c.png")).ids == labels.ids)
  }

  @Test func aSetIsPaintedForEachRatio() throws {
    try drawScribbles()
    let arguments = augment("out", "--scribbles", path("scribbles"), "--add-classes")
    _ = try run(arguments)
    #expect(try list("out/ImageSets/Segmentation/train.txt").count == 9)
    #expect(
      try list("out/ImageSets/Segmentation/encode-ratio/1.0.txt") == ["a_2", "b_2", "c_2"])
    let ledger = LedgerLines(of: folder.appending("out/ledger.jsonl"))
    #expect(ledger.images.count == 6 && ledger.setups.count == 2)
    #expect(
      ledger.setups[0].contains(#""ratio":0.5"#) && ledger.setups[1].contains(#""ratio":1"#))
    #expect(
      ledger.images[5].contains(
        #""prompt":"a high-quality, detailed, and professional image of cat, dog""#))
    for words in [#""guidanceScale":2"#, #""scheduler":"ddim""#, #""kind":"scribble-colours""#] {
      #expect(ledger.setups.allSatisfy { $0.contains(words) }, "\(words)")
    }
    #expect(
      try Data(contentsOf: folder.appending("out/SegmentationClass/a_1.png"))
        == Data(contentsOf: folder.appending("scribbles/a.png")))
    #expect(
      try Image(contentsOf: folder.appending("out/JPEGImages/a_1.jpg")).size
        == ImageSize(width: 48, height: 40))
    // Nothing is left to do, the image can be made again, and looked at.
    let before = try tree(folder.appending("out"))
    _ = try run(arguments)
    #expect(try tree(folder.appending("out")) == before)
    try run(
      "reproduce", path("out/JPEGImages/c_2.jpg"), "-m", Self.models + "/model", "--control",
      Self.models + "/control_dropout", "--device", "cpu")
    try run("sheet", path("out"), "-o", path("sheet.png"), "--side", "40")
    try run("report", path("out"), "-o", path("report.html"))
  }

  @Test func squaresStayAsTheyArePainted() throws {
    _ = try run(augment("out", "--square", "--keep-painted-size", "--batch-size", "2"))
    for stem in ["a_1", "c_2"] {
      #expect(
        try Image(contentsOf: folder.appending("out/JPEGImages/\(stem).jpg")).size
          == ImageSize(width: 64, height: 64))
      #expect(
        try LabelImage(contentsOf: folder.appending("out/SegmentationClass/\(stem).png")).width
          == 64)
    }
  }

  @Test func scribblesOfIDsAreOneHot() throws {
    try run("scribble", path("data"), "-o", path("scribbles"))
    var arguments = augment("out", "--scribbles", path("scribbles"), "--encode-ratio", "0.5")
    arguments[arguments.firstIndex { $0.hasSuffix("control_dropout") } ?? 0] =
      Self.models + "/control_labels"
    let error = try run(arguments, expecting: 64)
    #expect(error.contains("give it --prior label-ids"), "\(error)")
    _ = try run(arguments + ["--prior", "label-ids"])
    #expect(LedgerLines(of: folder.appending("out/ledger.jsonl")).images.count == 3)
  }

  @Test func everySchemeHasLists() throws {
    _ = try run(augment("out"))
    let lists = "out/ImageSets/Segmentation"
    let sizes: [(String, [String], Int)] = [
      ("append", [], 9), ("append-curriculum", ["--starts", "0,2"], 6), ("sample", [], 6),
      ("replacement", ["--probability", "0.5"], 3), ("synthetic-only", [], 6),
      ("best-k", ["--best", "1"], 9),
    ]
    for (scheme, more, size) in sizes {
      let text = try run(
        ["schedule", path("out"), "--scheme", scheme, "--epochs", "4", "--json"] + more)
      #expect(text.contains("\"images\" : \(size)"), "\(scheme): \(text)")
      for epoch in 0..<4 {
        #expect(try list("\(lists)/\(scheme)/epoch_00\(epoch).txt").count == size)
      }
    }
    #expect(try list("\(lists)/append-curriculum/epoch_001.txt").last == "c_1")
    #expect(try list("\(lists)/append-curriculum/epoch_002.txt").last == "c_2")
    let loader = try String(contentsOf: folder.appending("out/schedule.py"), encoding: .utf8)
    #expect(loader.contains(#"LIST = "ImageSets/Segmentation/{0}/epoch_{1:03d}.txt""#))
    // A list is a split.
    #expect(
      try run("statistics", path("out"), "--split", "sample/epoch_003", "--json")
        .contains(#""images" : 6"#))
    // Chosen by hand, as published.
    try folder.write(
      #"{"a": ["1.0", "0.5"], "b": ["0.5"], "c": ["1", "0.5"]}"#, "choices.json")
    try run(
      "schedule", path("out"), "--scheme", "best-k", "--best", "0", "--epochs", "1", "--choices",
      path("choices.json"))
    #expect(
      try list("\(lists)/best-k/epoch_000.txt") == ["a", "b", "c", "a_2", "b_1", "c_2"])
  }

  @Test(arguments: ["mmsegmentation", "coco", "imagefolder"])
  func otherLayoutsHaveListsToo(layout: String) throws {
    _ = try run(augment("out", "--output-layout", layout, "--encode-ratio", "0.5"))
    let text = try run(
      "schedule", path("out"), "--scheme", "append", "--epochs", "2", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: any Sendable])
    #expect(object["images"] as? Int == 6)
    let first = try #require(object["first"] as? String)
    #expect(FileManager.default.fileExists(atPath: path("out/" + first)))
    let split = layout == "coco" ? "append_epoch_001" : "append/epoch_001"
    #expect(
      try run("statistics", path("out"), "--split", split, "--json").contains(#""images" : 6"#))
  }

  @Test func saysWhatIsWrong() throws {
    try drawScribbles()
    try FileManager.default.removeItem(at: folder.appending("scribbles/b.png"))
    try folder.write(
      Image(width: 48, height: 40, channels: 3, fill: 77).pngData(), "scribbles/c.png")
    let scribbles = try run(augment("out", "--scribbles", path("scribbles")), expecting: 65)
    #expect(scribbles.contains("no mask b.png") && scribbles.contains("colour (77, 77, 77)"))
    try folder.write(
      LabelImage(width: 48, height: 40, ids: [UInt8](repeating: 255, count: 1920)).pngData(),
      "scribbles/c.png")
    #expect(
      try run(augment("out", "--scribbles", path("scribbles")), expecting: 65)
        .contains("the scribbles are empty"))
    let expectations: [([String], Int32, String)] = [
      (augment("out", "--encode-ratio", "0.5,,1"), 64, "0.5,,1: must be above 0, up to 1"),
      (augment("out", "--encode-ratio", "0.5,2"), 64, "must be above 0, up to 1"),
      (augment("out", "--encode-ratio", "0.5,0.5"), 64, "stands twice"),
      (augment("out", "--encode-ratio", "0.5,0.003"), 64, "leaves 3 timesteps for 4 steps"),
      (augment("out", "--copies", "2"), 64, "once for each encode ratio"),
      (augment("out", "--strength", "0.5"), 64, "exclude each other"),
      (augment("out", "--repaint", "objects"), 64, "leave out --start"),
      (augment("out", "--captions", path("c.csv")), 64, "reads no captions"),
      (augment("out", "--scheduler", "euler"), 64, "--scheduler ddim"),
      (augment("out", "--recipe", "repainting"), 64, "one ratio is taken here"),
      (augment("out", "--recipe", "dreaming"), 64, "'scribblegen'"),
      (augment("out", "--scribbles", path("none")), 66, "no such folder"),
      (augment("out", "--scribbles", path("data")), 66, "no PNGs"),
      (
        [
          "augment", "--recipe", "scribblegen", "--dataset", path("data"), "-o", path("out"), "-m",
          Self.models + "/model",
        ], 64, "--control DIR"
      ),
      (["scribble", path("data"), "-o", path("s"), "--length", "0"], 64, "above 0, up to 1"),
      (["scribble", path("data"), "-o", path("s"), "--thickness", "0"], 64, "within 1 ... 1024"),
      (["schedule", path("data"), "--scheme", "append"], 66, "no ledger"),
      (["schedule", path("data"), "--scheme", "all"], 64, "append-curriculum"),
    ]
    for (arguments, status, words) in expectations {
      let text = try run(arguments, expecting: status)
      #expect(text.contains(words), "\(arguments): \(text)")
    }
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func schedulesSayWhatDoesNotFit() throws {
    _ = try run(augment("out"))
    let expectations: [([String], Int32, String)] = [
      (["--scheme", "sample", "--starts", "0,1"], 64, "do not go together"),
      (["--scheme", "append-curriculum"], 64, "Option: --starts"),
      (["--scheme", "append-curriculum", "--starts", "0,x"], 64, "whole numbers with commas"),
      (["--scheme", "append-curriculum", "--starts", "0,1,2"], 64, "for 2 sets (0.5, 1.0)"),
      (["--scheme", "replacement"], 64, "Option: --probability"),
      (["--scheme", "best-k", "--best", "2"], 64, "within 0 ... 1"),
      (["--scheme", "append", "--epochs", "0"], 64, "--epochs 0"),
      (["--scheme", "append", "--choices", "a.json"], 64, "belongs to --scheme best-k"),
      (["--scheme", "best-k", "--best", "0", "--choices", "/no.json"], 66, "/no.json"),
    ]
    for (arguments, status, words) in expectations {
      let text = try run(["schedule", path("out")] + arguments, expecting: status)
      #expect(text.contains(words), "\(arguments): \(text)")
    }
    try folder.write(#"{"a": ["0.5"], "b": ["0.7"]}"#, "choices.json")
    let choices = try run(
      "schedule", path("out"), "--scheme", "best-k", "--best", "0", "--choices",
      path("choices.json"), expecting: 65)
    #expect(choices.contains("'b' has the set '0.7'"), "\(choices)")
    _ = try CommandLineTool.run(
      [
        "augment", "--dataset", path("data"), "-o", path("few"), "-m", Self.models + "/model",
        "--adapter", Self.models + "/adapter", "--resolution", "64", "--steps", "1", "--images",
        "2", "--device", "cpu",
      ]) { _ in }
    let gaps = try run("schedule", path("few"), "--scheme", "append", expecting: 65)
    #expect(gaps.contains("a training scheme needs one of every photograph"), "\(gaps)")
  }
}
