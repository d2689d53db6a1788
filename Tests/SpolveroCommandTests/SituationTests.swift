import Foundation
import NeuralLayers
import TestSupport
import Testing
import VisionModels

/// One situation has one exit code, whatever command is in it.
@Suite struct SituationTests {
  enum Command: String, CaseIterable {
    case generate, augment, caption, annotate, segment, sheet, prior, statistics, score, evaluate
    case filter, embed, inspect, models, synthesize, devices, plan, merge, report, reproduce
    case scribble, schedule
    case convertDataset = "convert-dataset"
  }

  enum Situation: Int32, CaseIterable {
    case noInput = 66
    case noDevice = 69
    case wrongPlace = 73
    case fullDisk = 74
  }

  private static let models = Fixture.url("pipelines/sd15").path
  private static let clip = Fixture.url("clip/model").path
  private let folder: TemporaryFolder

  /// A dataset of one photograph, and a segmenter.
  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
    try folder.write("", "file")
    try folder.write("image,caption\na,a dog\n", "captions.csv")
    try folder.write(#"{"size": 64, "resample": 2}"#, "segmenter/preprocessor_config.json")
    try ModelFixture<SegformerForSemanticSegmentation>("segformer")
      .write(to: folder.appending("segmenter"), adding: [:])
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  /// A command line, less what differs between the situations.
  private func generate(_ model: String, _ output: String) -> [String] {
    ["generate", "-m", model, "-p", "a dog", "-W", "64", "-H", "48", "--steps", "1", "-o", output]
  }

  private func augment(_ dataset: String, _ output: String) -> [String] {
    [
      "augment", "--dataset", dataset, "--output", output, "--model", Self.models + "/model",
      "--adapter", Self.models + "/adapter", "--resolution", "64", "--images", "1", "--steps", "1",
    ]
  }

  private func prior(_ photograph: String, _ output: String) -> [String] {
    [
      "prior", "--image", photograph, "--mask", path("data/SegmentationClass/a.png"),
      "--resolution", "64", "-o", output,
    ]
  }

  private func annotate(_ photograph: String, _ output: String) -> [String] {
    ["annotate", photograph, "--annotator", "canny", "--detect-resolution", "64", "-o", output]
  }

  private func caption(_ photograph: String, _ output: String) -> [String] {
    ["caption", photograph, "--model", Fixture.url("captioner/blip").path, "-o", output]
  }

  private func segment(_ photograph: String, _ output: String) -> [String] {
    ["segment", photograph, "--model", path("segmenter"), "-o", output]
  }

  private func embed(_ model: String, _ output: String) -> [String] {
    ["embed", "--model", model, "--text", "a dog", "-o", output]
  }

  private func evaluate(_ predictions: String, _ output: String) -> [String] {
    [
      "evaluate", "--predictions", predictions, "--dataset", path("data"), "--confusion", output,
    ]
  }

  private func convert(_ dataset: String, _ output: String) -> [String] {
    ["convert-dataset", dataset, "--output-layout", "coco", "-o", output]
  }

  private func scribble(_ dataset: String, _ output: String) -> [String] {
    ["scribble", dataset, "-o", output]
  }

  private func schedule(_ dataset: String) -> [String] {
    ["schedule", dataset, "--scheme", "append", "--epochs", "2"]
  }

  private func plan(_ dataset: String) -> [String] {
    ["plan", "--dataset", dataset, "--images", "1", "--resolution", "64", "--steps", "1"]
      + ["--model", Self.models + "/model", "--adapter", Self.models + "/adapter"]
  }

  private func merge(_ output: String) -> [String] {
    ["merge", path("part-1"), path("part-2"), "-o", output]
  }

  private func report(_ dataset: String, _ output: String) -> [String] {
    ["report", dataset, "-o", output]
  }

  private func reproduce(_ image: String, _ output: String) -> [String] {
    [
      "reproduce", image, "--model", Self.models + "/model", "--adapter",
      Self.models + "/adapter", "-o", output,
    ]
  }

  private var score: [String] {
    ["score", path("data"), "--clip", Self.clip, "--captions", path("captions.csv")]
  }

  private func filter(_ dataset: String) -> [String] {
    ["filter", dataset, "--keep", "1", "--clip", Self.clip]
  }

  /// What brings each command into a situation that it may be in.
  private func arguments(_ situation: Situation) -> [Command: [String]] {
    let (model, data) = (Self.models + "/model", path("data"))
    let photograph = path("data/JPEGImages/a.jpg")
    let abacus = ["--device", "vulkan:Abacus"]
    // No folder can be where a file is.
    let wrong = path("file/out.png")
    let made = path("done/JPEGImages/a_1.jpg")
    let synthesize = ["synthesize", "--architecture", "tiny", "-o"]
    return switch situation {
    case .noInput:
      [
        .generate: generate("/nowhere", path("a.png")), .augment: augment("/nowhere", path("out")),
        .prior: prior("/nowhere.jpg", path("looks")),
        .annotate: annotate("/nowhere.jpg", path("edges.png")),
        .caption: caption("/nowhere.jpg", path("captions.jsonl")),
        .sheet: ["sheet", "/nowhere", "-o", path("sheet.png")],
        .segment: segment("/nowhere.jpg", path("labels.png")),
        .embed: embed("/nowhere", path("e.safetensors")),
        .score: ["score", "/nowhere", "--clip", Self.clip],
        .evaluate: evaluate("/nowhere", path("c.png")), .filter: filter("/nowhere"),
        .statistics: ["statistics", "/nowhere"], .inspect: ["inspect", "/nowhere"],
        .convertDataset: convert("/nowhere", path("out")), .plan: plan("/nowhere"),
        .merge: ["merge", "/nowhere", "-o", path("out")],
        .report: report("/nowhere", path("r.html")),
        .reproduce: reproduce("/nowhere.jpg", path("b.jpg")),
        .scribble: scribble("/nowhere", path("out")), .schedule: schedule("/nowhere"),
      ]
    case .noDevice:
      [
        .generate: generate(model, path("a.png")) + abacus,
        .augment: augment(data, path("out")) + abacus,
        .prior: prior(photograph, path("looks")) + abacus
          + ["--prior", "lineart", "--prior-model", "/nowhere"],
        .embed: embed(Self.clip, path("e.safetensors")) + abacus, .score: score + abacus,
        .annotate: [
          "annotate", photograph, "--annotator", "hed", "--model", "/nowhere", "-o", path("e.png"),
        ] + abacus,
        .caption: caption(photograph, path("captions.jsonl")) + abacus,
        .segment: segment(photograph, path("labels.png")) + abacus,
        .filter: filter(path("done")) + abacus, .plan: plan(data) + abacus,
        .reproduce: reproduce(made, path("b.jpg")) + abacus,
      ]
    case .wrongPlace:
      [
        .generate: generate(model, wrong), .augment: augment(data, wrong),
        .prior: prior(photograph, wrong), .annotate: annotate(photograph, wrong),
        .caption: caption(photograph, wrong), .sheet: ["sheet", data, "-o", wrong],
        .embed: embed(Self.clip, wrong), .segment: segment(photograph, wrong),
        .evaluate: evaluate(path("data/SegmentationClass"), wrong),
        .synthesize: synthesize + [wrong], .convertDataset: convert(data, wrong),
        .merge: merge(wrong),
        .report: report(data, wrong), .reproduce: reproduce(photograph, wrong),
        .scribble: scribble(data, wrong),
      ]
    case .fullDisk:
      [
        .generate: generate(model, path("a.png")), .augment: augment(data, path("out")),
        .prior: prior(photograph, path("looks")),
        .annotate: annotate(photograph, path("edges.png")),
        .caption: caption(photograph, path("captions.jsonl")),
        .sheet: ["sheet", path("done"), "-o", path("sheet.png")],
        .embed: embed(Self.clip, path("e.safetensors")),
        .segment: segment(photograph, path("labels.png")),
        .evaluate: evaluate(path("data/SegmentationClass"), path("c.png")),
        .filter: filter(path("done")),
        .synthesize: synthesize + [path("tiny")],
        .convertDataset: convert(data, path("converted")),
        .merge: merge(path("merged")),
        .report: report(path("done"), path("report.html")),
        .reproduce: reproduce(made, path("again.jpg")),
        .scribble: scribble(data, path("scribbles")), .schedule: schedule(path("done")),
      ]
    }
  }

  /// Makes what a command looks at: a sheet, a report and a filter what is finished, a merging the shards.
  private func prepare(for command: Command) throws {
    let runs: [[String]] =
      switch command {
      case .sheet, .filter, .report, .reproduce, .schedule: [augment(path("data"), path("done"))]
      case .merge:
        (1...2).map { augment(path("data"), path("part-\($0)")) + ["--shard", "\($0)/2"] }
      default: []
      }
    for run in runs { #expect(try CommandLineTool.run(run) { _ in }.status == 0) }
  }

  @Test(arguments: Situation.allCases, Command.allCases)
  func hasOneExitCode(situation: Situation, command: Command) throws {
    guard let arguments = arguments(situation)[command] else { return }
    try prepare(for: command)
    // Files of no byte stand in for a disk that is full; the streams are pipes, which have no limit.
    let limit = situation == .fullDisk ? "0" : "unlimited"
    let result = try shell(
      "(ulimit -f \(limit); exec \"$0\" \"$@\") 2>&1 | cat; exit ${PIPESTATUS[0]}", arguments)
    #expect(result.status == situation.rawValue, "\(result.output)")
    #expect(result.output.contains("spolvero: error: "), "\(result.output)")
    if situation == .fullDisk {
      // The file is named that the user knows, and none that stands in for it.
      let place = #/error: .*/(\w+/)*\w+\.\w+: writing failed/#
      #expect(result.output.contains(place), "\(result.output)")
    }
    for (name, _) in try tree(folder.url) {
      let isShards = name.contains("part-")
      #expect(isShards || !name.hasSuffix(".partial") && !name.hasSuffix(".spolvero"), "\(name)")
    }
  }

  /// Standard output may be a file on a full disk.
  @Test(arguments: Command.allCases) func aFullStreamIsAFullDisk(command: Command) throws {
    let arguments: [String] =
      switch command {
      case .models, .devices: [command.rawValue]
      case .statistics: ["statistics", path("data")]
      case .inspect: ["inspect", Self.models + "/model"]
      case .augment: augment(path("data"), path("out")) + ["--dry-run"]
      case .plan: plan(path("data"))
      case .score: score
      case .generate, .caption, .segment, .sheet, .prior, .annotate, .evaluate, .filter, .embed,
        .synthesize, .convertDataset, .merge, .report, .reproduce, .scribble, .schedule:
        try #require(arguments(.fullDisk)[command])
      }
    try prepare(for: command)
    let result = try shell(#""$0" "$@" >/dev/full"#, arguments)
    #expect(result.status == Situation.fullDisk.rawValue)
    #expect(result.errors.contains("standard output: "), "\(result.errors)")
  }

  /// A new command has to be added to the tables above.
  @Test func everyCommandIsTried() throws {
    let help = try CommandLineTool.run("--help").output
    let list = try #require(help.firstRange(of: "SUBCOMMANDS:"))
    let names = help[list.upperBound...].matches(of: #/\n  ([a-z-]+) /#).map { String($0.1) }
    #expect(Set(names) == Set(Command.allCases.map(\.rawValue)))
  }
}
