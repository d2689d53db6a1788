import Augmentation
import DurableFiles
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// The file that a report is: what is in it, in which order, and that nothing of a dataset becomes markup.
@Suite struct RunReportTests {
  private static let hostile =
    #"</script><img src=x onerror=alert(1)>"&'{{script}} Größe"# + "\u{202E}\u{2028} 犬"
  private let dataset: TestDataset
  private var output: URL { dataset.folder.appending("<b>aug&mented") }

  init() throws {
    dataset = try TestDataset()
    let captions = try dataset.folder.write(
      String(
        decoding: JSONEncoder().encode(["image": "a", "caption": Self.hostile]), as: UTF8.self)
        + "\n", "captions.jsonl")
    var settings = TestDataset.settings
    settings.promptStyle = .caption
    try dataset.plan(settings, captions: Captions(contentsOf: captions)).run(into: output)
  }

  private func pictures() throws -> RunPictures {
    try RunPictures(of: output) { _ in CannyDetector() }
  }

  private func report(
    _ run: RunPictures, _ choice: ReportChoice = .all, scores: [ReportScore]? = nil,
    side: Int = 64
  ) throws -> (report: RunReport, text: String) {
    let report = try RunReport(
      of: run,
      describing: ReportDescription(
        of: run, in: output, isFinished: true,
        balance: AugmentationSummary(of: run) {}, facts: [["FID", "<b>"]]),
      choosing: choice, scores: scores ?? [ReportScore(fitOf: run.records)], side: side)
    var data = Data()
    try report.write({ data += $0 }, check: {})
    return (report, String(decoding: data, as: UTF8.self))
  }

  /// The text of the element with this id.
  private func element(_ id: String, in text: String) throws -> String {
    let pattern = try Regex(
      "<script type=\"[a-z/]+\" id=\"\(id)\">([^<]*)</script>", as: (Substring, Substring).self)
    return String(try #require(text.firstMatch(of: pattern)).1)
  }

  private func object(_ id: String, in text: String) throws -> Any {
    try JSONSerialization.jsonObject(
      with: Data(element(id, in: text).utf8), options: .fragmentsAllowed)
  }

  @Test func hasNoMarkupButItsOwn() throws {
    let (_, text) = try report(pictures())
    #expect(!text.contains("<img src=x") && !text.contains("<b>"))
    #expect(text.contains("<title>&lt;b&gt;aug&amp;mented</title>"))
    // Every element that ends was begun by the page itself.
    let begun = text.matches(of: /<script[ >]/).count
    #expect(begun == text.matches(of: /<\/script>/).count && begun > 8)
    let lines = try #require(object("ledger", in: text) as? [[String: Any]])
    #expect(lines.contains { $0["prompt"] as? String == Self.hostile })
  }

  @Test func runsItsOwnScriptAloneAndReachesNothing() throws {
    let (_, text) = try report(pictures())
    let policy = try #require(text.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)).1
    #expect(policy.hasPrefix("default-src 'none'; img-src data:; script-src 'sha256-"))
    for (directive, tag) in [("script-src", "script"), ("style-src", "style")] {
      let open = try #require(text.range(of: "<\(tag)>"))
      let close = try #require(text.range(of: "</\(tag)>", range: open.upperBound..<text.endIndex))
      var hash = SHA256()
      hash.update(Data(text[open.upperBound..<close.lowerBound].utf8).span)
      let base64 = Data(hash.finalize()).base64EncodedString()
      #expect(policy.contains("\(directive) 'sha256-\(base64)'"))
    }
    #expect(text.firstMatch(of: /(?:src|href)="(?!data:,")/) == nil)
    #expect(text.matches(of: /https?:/).count == 1, "the namespace of SVG")
  }

  @Test func showsTheLeastTrustedFirst() throws {
    let run = try pictures()
    let fits = try run.records.map { try #require($0.fit) }
    let contents = try #require(object("contents", in: report(run).text) as? [String: Any])
    let images = try #require(contents["images"] as? [[String: Any]])
    let shown = try images.map { try #require(($0["scores"] as? [Double])?.first) }
    #expect(shown == fits.sorted() && images.first?["trust"] as? Double == 0)
    let (two, _) = try report(run, .worst(2))
    #expect(two.count == 2)
    #expect(try report(run, .spread(3)).report.count == 3)
    #expect(try report(run, .spread(99)).report.count == run.records.count)
  }

  @Test func hasEveryLineOfTheLedgerWithSettingsOnce() throws {
    let run = try pictures()
    let (_, text) = try report(run)
    let ledger = LedgerLines(of: output.appendingPathComponent("ledger.jsonl"))
    #expect(ledger.setups.count == 1 && ledger.images.count == run.records.count)
    for (id, lines) in [("setups", ledger.setups), ("ledger", ledger.images)] {
      let values = try #require(object(id, in: text) as? [NSDictionary])
      let expected = try lines.map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary)
      }
      #expect(Set(values) == Set(expected))
    }
  }

  @Test func hasThePicturesOfEachImageAndSharesThoseOfSources() throws {
    let run = try pictures()
    let (_, text) = try report(run)
    let contents = try #require(object("contents", in: text) as? [String: Any])
    let images = try #require(contents["images"] as? [[String: Any]])
    #expect(contents["layers"] as? [String] == ["outlines", "control image"])
    let sources = Set(run.records.compactMap(\.source))
    #expect(text.matches(of: /id="s\d+"/).count == sources.count && sources.count < images.count)
    for (number, image) in images.enumerated() {
      let result = try #require(Data(base64Encoded: element("i\(number)", in: text)))
      let name = try #require(image["name"] as? String)
      let original = try Image(contentsOf: output.appendingPathComponent("JPEGImages/\(name).jpg"))
      let shown = try Image(decoding: result, name: "")
      #expect(shown.size == original.size, "pictures are not enlarged")
      let (source, mask) = try (
        #require(image["source"] as? Int), #require(image["mask"] as? Int)
      )
      let pictures = try #require(object("s\(source)", in: text) as? [String: Any])
      #expect((pictures["controls"] as? [Any])?.count == 2)
      let labels = try LabelImage(
        decoding: #require(Data(base64Encoded: element("m\(mask)", in: text))), name: "")
      #expect(
        try labels.ids
          == LabelImage(
            contentsOf: output.appendingPathComponent("SegmentationClass/\(name).png")
          ).ids)
    }
  }

  @Test func makesPicturesSmall() throws {
    let (_, text) = try report(pictures(), side: 16)
    let picture = try #require(Data(base64Encoded: element("i0", in: text)))
    let size = try Image(decoding: picture, name: "").size
    #expect(max(size.width, size.height) == 16)
  }

  @Test func leavesOutControlImagesThatNobodyCanDraw() throws {
    let run = try RunPictures(of: output, leavingOut: { _ in true }) { _ in
      Issue.record("nobody is asked")
      return nil
    }
    let pictures = try #require(object("s0", in: report(run).text) as? [String: Any])
    #expect((pictures["controls"] as? [Any])?.allSatisfy { $0 is NSNull } == true)
  }

  @Test func countsTheClassesBeforeAndAfter() throws {
    let plan = try dataset.plan()
    let balance = try AugmentationSummary(of: pictures()) {}
    #expect(
      balance.before == plan.summary.before && balance.after.images == plan.summary.after.images)
    #expect(balance.after.imagesPerClass == plan.summary.after.imagesPerClass)
    #expect(balance.fit != nil)
  }

  @Test func endsWhenItsCheckThrows() throws {
    let run = try pictures()
    let report = try report(run).report
    #expect(throws: CancellationError.self) {
      try report.write({ _ in }, check: { throw CancellationError() })
    }
  }

  @Test func saysWhichFileIsMissing() throws {
    let run = try pictures()
    let gone = output.appendingPathComponent("JPEGImages/a.jpg")
    try FileManager.default.removeItem(at: gone)
    #expect(message { try report(pictures()) }.contains("names 'a', whose photograph"))
    _ = run
  }
}

/// How images are ranked by several scores at once.
@Suite struct TrustOrderTests {
  private let records: [LedgerRecord]

  init() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    records = try LedgerRecord.all(in: output)
  }

  private func score(_ numbers: [Double?], isRank: Bool = false) -> ReportScore {
    let pairs = zip(records, numbers).compactMap { record, number in
      number.map { (record.image, $0) }
    }
    return ReportScore(
      "s", isRank: isRank, values: Dictionary(uniqueKeysWithValues: pairs))
  }

  @Test func isTheMeanOfRanks() {
    let one = TrustOrder(of: records, by: [score([0.5, 0.1, 0.9, 0.2, 0.3])])
    #expect(one.trust == [0.75, 0, 1, 0.25, 0.5] && one.worstFirst == [1, 3, 4, 0, 2])
    let both = TrustOrder(
      of: records, by: [score([0.5, 0.1, 0.9, 0.2, 0.3]), score([1, 2, 3, 4, 5], isRank: true)])
    #expect(both.trust == [0.875, 0.375, 0.75, 0.25, 0.25])
  }

  @Test func equalNumbersHaveOneRank() {
    let order = TrustOrder(of: records, by: [score([1, 1, 1, 1, 1])])
    #expect(order.trust == [0.5, 0.5, 0.5, 0.5, 0.5] && order.worstFirst == [0, 1, 2, 3, 4])
  }

  @Test func whatNothingIsKnownOfComesFirst() {
    let order = TrustOrder(of: records, by: [score([0.5, nil, 0.1, .nan, nil])])
    #expect(order.trust == [1, nil, 0, nil, nil] && order.worstFirst == [1, 3, 4, 2, 0])
    #expect(TrustOrder(of: records, by: [score([nil, 7, nil, nil, nil])]).trust[1] == 1)
    #expect(TrustOrder(of: records, by: []).worstFirst == [0, 1, 2, 3, 4])
  }
}
