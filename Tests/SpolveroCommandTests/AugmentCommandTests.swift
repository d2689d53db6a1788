import ComputeDevices
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

/// `spolvero augment`, `prior` and `statistics` on images of their own, with a tiny random model.
@Suite struct AugmentCommandTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }
  private var dataset: String { folder.path + "/data" }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/pipelines/sd15").path

  private func augment(_ output: String, _ more: String...) -> [String] {
    [
      "augment", "--dataset", dataset, "--output", folder.path + "/" + output, "--model",
      Self.models + "/model", "--adapter", Self.models + "/adapter", "--resolution", "64",
      "--images", "4", "--steps", "6",
    ] + more
  }

  /// Makes a dataset of three photographs: two of cats, one of a cat and a dog.
  init() throws {
    temporary = try TemporaryFolder()
    for path in ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"] {
      try FileManager.default.createDirectory(
        atPath: "\(dataset)/\(path)", withIntermediateDirectories: true)
    }
    for (index, stem) in ["one", "two", "three"].enumerated() { try add(stem, index) }
    try Data("one\ntwo\nthree\n".utf8)
      .write(to: URL(fileURLWithPath: "\(dataset)/ImageSets/Segmentation/train.txt"))
  }

  private func add(_ stem: String, _ index: Int) throws {
    var photograph = Image(width: 48, height: 40, channels: 3, fill: 30)
    var mask = LabelImage(width: 48, height: 40, ids: [UInt8](repeating: 0, count: 48 * 40))
    for y in 8..<30 {
      for x in 10 + index..<30 {
        mask.ids[y * 48 + x] = index == 2 && x > 20 ? 12 : 8
        for channel in 0..<3 { photograph.pixels[3 * (y * 48 + x) + channel] = 200 }
      }
    }
    try photograph.jpegData().write(to: URL(fileURLWithPath: "\(dataset)/JPEGImages/\(stem).jpg"))
    try mask.pngData().write(to: URL(fileURLWithPath: "\(dataset)/SegmentationClass/\(stem).png"))
  }

  private func lines(in name: String) -> Int {
    LedgerLines(of: folder.appendingPathComponent("\(name)/ledger.jsonl")).images.count
  }

  private func object(_ text: String) throws -> [String: any Sendable] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: any Sendable])
  }

  @Test func aDryRunNeedsNoModel() throws {
    let result = try CommandLineTool.run(
      "augment", "--dataset", dataset, "--dry-run", "--json", "--target-per-class", "3")
    #expect(result.status == 0)
    let balance = try object(result.output)
    #expect(balance["originals"] as? Int == 3 && balance["generated"] as? Int == 2)
    let after = try #require(balance["imagesPerClassAfter"] as? [String: Int])
    #expect(after["cat"] == 5 && after["dog"] == 3 && after["sofa"] == 0)
    for key in ["entropyBefore", "entropyAfter", "imbalanceBefore", "imbalanceAfter"] {
      #expect(balance[key] is Double)
    }
    #expect(result.errors.contains("simple prompts are used"))
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == ["data"])
  }

  @Test func aRunKilledAnywhereEndsLikeAnUnbrokenOne() throws {
    let before = try tree(temporary.appending("data"))
    #expect(try CommandLineTool.run(augment("whole")) { _ in }.status == 0)
    for wanted in 0..<4 {
      let result = try CommandLineTool.run(augment("broken", "--batch-size", "2")) { process in
        while process.isRunning && lines(in: "broken") < wanted { usleep(500) }
        kill(process.processIdentifier, SIGKILL)
      }
      #expect(result.status == -SIGKILL || result.status == 0)
    }
    #expect(try CommandLineTool.run(augment("broken", "--threads", "1")) { _ in }.status == 0)
    #expect(try tree(temporary.appending("broken")) == tree(temporary.appending("whole")))
    #expect(lines(in: "whole") == 4)
    #expect(try tree(temporary.appending("data")) == before)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func stopsWhenAsked(signal: Int32) throws {
    let result = try CommandLineTool.run(augment("out", "--steps", "400")) { process in
      while process.isRunning && lines(in: "out") < 1 { usleep(500) }
      kill(process.processIdentifier, signal)
    }
    #expect(result.status == 130)
    #expect(result.errors.contains("the same command goes on"))
    let left = try tree(temporary.appending("out"))
    #expect(!left.keys.contains { $0.hasPrefix(".spolvero") || $0.hasSuffix("train.txt") })
  }

  /// An object of the first setup.
  private func first(_ key: String, in name: String) throws -> [String: any Sendable] {
    let ledger = LedgerLines(of: folder.appendingPathComponent("\(name)/ledger.jsonl"))
    return try #require(object(ledger.setups[0])[key] as? [String: any Sendable])
  }

  @Test func computesWhereAndInWhatIsFastAndSaysSoInTheLedger() throws {
    let begun = try CommandLineTool.run(augment("out")) { _ in }
    #expect(begun.status == 0, "\(begun.errors)")
    let selection = DeviceSelection.auto.resolved
    let backend = try selection.open(threads: 1).backend
    let halves = [ProductPrecision.bfloat16, .int16].first { backend.hasFastProducts(in: $0) }
    let (taken, other) = halves.map { ($0.rawValue, "fp32") } ?? ("fp32", "bf16")
    let generator = try first("generator", in: "out")
    #expect(generator["precision"] as? String == taken)
    #expect(generator["device"] as? String == selection.description)
    #expect(generator["scheduler"] as? String == "ddim")
    #expect(begun.errors.contains(", \(taken): loading"))

    // Another precision, as of another machine, does not mix with this one; naming this one goes on.
    let mixed = try CommandLineTool.run(augment("out", "--precision", other)) { _ in }
    #expect(mixed.status == 73, "\(mixed.errors)")
    #expect(mixed.errors.contains("generator.precision is '\(taken)' there and '\(other)' now"))
    let sampled = try CommandLineTool.run(augment("out", "--scheduler", "euler")) { _ in }
    #expect(sampled.status == 73)
    #expect(sampled.errors.contains("generator.scheduler is 'ddim' there and 'euler' now"))
    let named = try CommandLineTool.run(
      augment("out", "--precision", taken, "--device", selection.description)
    ) { _ in }
    #expect(named.status == 0 && named.errors.contains("0 images painted, 4 were there already"))
  }

  @Test(arguments: ["--no text", "-", ""]) func takesAnyNegativePrompt(text: String) throws {
    let result = try CommandLineTool.run(
      augment("out", "--negative-prompt", text, "--images", "1", "--steps", "1")
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    #expect(try first("settings", in: "out")["negativePrompt"] as? String == text)
  }

  @Test func explainsWhatIsWrongInItsExitCode() throws {
    let other = folder.path + "/other"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: other + "/notes.txt"))
    let photograph = dataset + "/JPEGImages/one.jpg"
    let expectations: [([String], Int32, String)] = [
      (["augment", "--dataset", dataset], 64, "--output and --model"),
      (augment("out", "--target-per-class", "2"), 64, "exclude each other"),
      (augment("out", "--prior", "lineart"), 64, "--prior-model"),
      (augment("out", "--prior-model", "/nowhere"), 64, "are given for 0 of them"),
      (augment("out", "--prior", "label-ids"), 64, "give it --prior label-colours"),
      (augment("out", "--adapter-factor", "2"), 64, "--adapter-end"),
      (augment("out", "--control", "/nowhere"), 66, "/nowhere"),
      (
        augment(
          "out", "--control", Self.models + "/control", "--prior", "canny", "--prior",
          "canny", "--prior", "canny"), 64, "--prior is given 3 times for 2"
      ),
      (["augment", "--dataset", "/nowhere", "--dry-run"], 66, "/nowhere"),
      (augment("out", "--captions", "/nowhere.jsonl"), 66, "/nowhere.jsonl"),
      (augment("out", "--split", "nope"), 66, "nope.txt"),
      (augment("out", "--steps", "1001"), 64, "1 to 1000"),
      (augment("out", "--model", Self.models + "/adapter"), 65, "no model_index.json"),
      (augment("out", "--model", "/nowhere"), 66, "no such folder"),
      (augment("out", "--device", "vulkan:Abacus"), 69, "Abacus"),
      (augment("other"), 73, "holds something else"),
      (augment("data/out"), 73, "inside the dataset"),
      (["statistics", "/nowhere"], 66, "/nowhere"),
      (
        [
          "prior", "--image", photograph, "--mask", photograph, "--image-weight", "nan", "-o",
          other,
        ],
        64, "--image-weight"
      ),
      (["prior", "--image", "/no.jpg", "--mask", "/no.png", "-o", other], 66, "/no.jpg"),
    ]
    for (arguments, status, text) in expectations {
      let result = try CommandLineTool.run(arguments) { _ in }
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(text), "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty)
    }
    #expect(try tree(temporary.appending("other")) == ["notes.txt": Data("mine".utf8)])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))

    let mask = URL(fileURLWithPath: "\(dataset)/SegmentationClass/one.png")
    try Data("no PNG".utf8).write(to: mask)
    let result = try CommandLineTool.run("augment", "--dataset", dataset, "--dry-run")
    #expect(result.status == 65 && result.errors.contains("one.png"))
  }

  /// Two adapters along three networks' drawings and the labels' colours; equal ones are one.
  @Test(arguments: [
    ["--prior", "hed", "--prior-model", "hed"],
    ["--prior", "hed", "--prior", "hed", "--prior-model", "hed"],
    [
      "--prior", "pidinet", "--prior", "depth", "--prior-model", "pidinet", "--prior-model",
      "depth",
    ],
    ["--prior", "label-colours", "--prior", "lineart-standard"],
  ])
  func paintsAlongAnyPriors(arguments: [String]) throws {
    let priors = arguments.enumerated().map { index, word in
      index > 0 && arguments[index - 1] == "--prior-model"
        ? Fixture.url("annotators/\(word)").path : word
    }
    let result = try CommandLineTool.run(
      augment("out", "--adapter", Self.models + "/adapter_2", "--images", "1", "--steps", "1")
        + priors
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let models = zip(priors, priors.dropFirst()).filter { $0.0 == "--prior-model" }
    let sheet = try CommandLineTool.run(
      ["sheet", folder.path + "/out", "-o", folder.path + "/sheet.png", "--side", "40"]
        + models.flatMap { [$0.0, $0.1] }
    ) { _ in }
    #expect(sheet.status == 0, "\(sheet.errors)")
    let size = try ImageSize(ofImageAt: folder.appendingPathComponent("sheet.png"))
    #expect(size.width == 6 * 44 - 4)
  }

  @Test func paintsAlongTheLabelsIDs() throws {
    let result = try CommandLineTool.run(
      augment(
        "out", "--control", Self.models + "/control_labels", "--prior", "label-edges", "--prior",
        "label-ids", "--images", "1", "--steps", "1")
    ) { _ in }
    #expect(result.status == 0, "\(result.errors)")
    let sheet = try CommandLineTool.run(
      "sheet", folder.path + "/out", "-o", folder.path + "/sheet.png", "--side", "40")
    #expect(sheet.status == 0, "\(sheet.errors)")
    let mixed = try CommandLineTool.run(
      augment("other", "--control", Self.models + "/control_labels", "--images", "1")
    ) { _ in }
    #expect(mixed.status == 64 && mixed.errors.contains("give it --prior label-ids"))
  }

  @Test func statisticsAndPriorsCanBeLookedAt() throws {
    let statistics = try CommandLineTool.run("statistics", dataset, "--json")
    #expect(statistics.status == 0)
    let numbers = try object(statistics.output)
    #expect(numbers["images"] as? Int == 3)
    #expect((numbers["imagesPerClass"] as? [String: Int])?["dog"] == 1)
    #expect(try CommandLineTool.run("statistics", dataset).output.contains("imbalance   0.7500"))

    let prior = try CommandLineTool.run(
      "prior", "--image", "\(dataset)/JPEGImages/one.jpg", "--mask",
      "\(dataset)/SegmentationClass/one.png", "--resolution", "64", "-o", folder.path + "/looks")
    #expect(prior.status == 0)
    for name in ["image", "label", "blend"] {
      let picture = try Image(
        contentsOf: folder.appendingPathComponent("looks/one_\(name).png"))
      #expect(picture.width == 64 && picture.height == 64)
      #expect(picture.pixels.contains { $0 > 100 })
    }
  }
}
