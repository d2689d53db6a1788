import Foundation
import TestSupport
import Testing

/// `augment` as one of several, `merge` and `plan`.
@Suite struct MachinesCommandTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func augment(_ output: String, _ more: String...) -> [String] {
    ["augment"] + run + ["--output", path(output)] + more
  }

  private var run: [String] {
    [
      "--dataset", path("data"), "--model", Self.models + "/model", "--adapter",
      Self.models + "/adapter", "--resolution", "64", "--images", "5", "--steps", "2",
    ]
  }

  private func lines(in name: String) -> Int {
    LedgerLines(of: folder.appending("\(name)/ledger.jsonl")).images.count
  }

  private func object(_ line: some StringProtocol) throws -> [String: any Sendable] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: any Sendable])
  }

  @Test func managersOfMachinesNumberTheShards() throws {
    #expect(try CommandLineTool.run(augment("whole")) { _ in }.status == 0)
    for task in 3...4 {
      let environment = [
        "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "4",
        "SLURM_ARRAY_TASK_COUNT": "2",
      ]
      let arguments = augment("slurm", "--shard", "auto")
      let result = try CommandLineTool.run(arguments, environment: environment) { _ in }
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("Shard 1/2 is done; ") == (task == 3), "\(result.errors)")
    }
    for index in 0...1 {
      let arguments = augment("part-\(index)", "--shard", "auto/2", "--json")
      let environment = ["JOB_COMPLETION_INDEX": "\(index)"]
      let result = try CommandLineTool.run(arguments, environment: environment) { _ in }
      #expect(try object(result.output)["shard"] as? String == "\(index + 1)/2")
    }
    let merged = try CommandLineTool.run(
      "merge", path("part-0"), path("part-1"), "-o", path("merged"))
    #expect(merged.status == 0 && merged.output.contains("6 images"), "\(merged)")
    for name in ["slurm", "merged"] {
      #expect(try tree(folder.appending(name)) == tree(folder.appending("whole")), "\(name)")
    }
  }

  @Test(arguments: [
    (["--shard", "5/4"], [:], "--shard"), (["--shard", "auto/0"], [:], "--shard"),
    (["--shard", "auto"], [:], "--shard 3/16"),
    (["--shard", "auto"], ["JOB_COMPLETION_INDEX": "1"], "auto/N"),
    (["--shard", "auto/2"], ["JOB_COMPLETION_INDEX": "2"], "more completions than 2"),
    (["--shard", "auto"], ["SLURM_ARRAY_TASK_ID": "1"], "do not fit"),
    (
      ["--shard", "auto"],
      [
        "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "7",
        "SLURM_ARRAY_TASK_COUNT": "2",
      ], "with gaps"
    ),
    (["--shard", "1/2", "--captioner", "/nowhere"], [:], "captions.jsonl"),
    (["--grace", "-1"], [:], "--grace"),
  ])
  func saysWhatIsWrongWithAShard(
    more: [String], environment: [String: String], expected: String
  ) throws {
    let result = try CommandLineTool.run(augment("out") + more, environment: environment) { _ in }
    #expect(result.status == 64 && result.errors.contains(expected), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func aTaskOfManyThatMakesAllIsTold() throws {
    let environment = ["JOB_COMPLETION_INDEX": "1"]
    let result = try CommandLineTool.run(augment("out"), environment: environment) { _ in }
    #expect(result.status == 0 && result.errors.contains("--shard auto"), "\(result.errors)")
  }

  @Test(arguments: ["600", "0.000001"]) func theEndIsAnnouncedOnce(grace: String) throws {
    // Later options win: so many steps that the signal comes in the middle of an image, long after the one before is filed.
    let slow = augment("out", "--steps", "900", "--grace", grace)
    var atSignal = 0
    let result = try CommandLineTool.run(slow) { process in
      while process.isRunning && lines(in: "out") < 1 { usleep(500) }
      usleep(20_000)
      atSignal = lines(in: "out")
      kill(process.processIdentifier, SIGTERM)
    }
    #expect(result.status == 130 && result.errors.contains("Stopping after this image"))
    #expect(lines(in: "out") == atSignal + (grace == "600" ? 1 : 0))
  }

  @Test func programsCanReadTheProgress() throws {
    let result = try CommandLineTool.run(augment("out", "--progress", "json")) { _ in }
    let events = try result.errors.split(separator: "\n").map { try object($0) }
    let progress = events.filter { $0["event"] as? String == "progress" }
    #expect(progress.count >= 5 && progress.last?["images"] as? Int == 5)
    #expect(progress.last?["imagesInAll"] as? Int == 5 && progress.last?["steps"] as? Int == 2)
    #expect(events.contains { $0["event"] as? String == "note" })

    let failed = try CommandLineTool.run(
      "merge", "/nowhere", "-o", path("merged"), "--progress", "json")
    let fault = try object(failed.errors.split(separator: "\n")[0])
    #expect(failed.status == 66 && fault["event"] as? String == "error")
  }

  @Test func aPlanSaysWhatARunCosts() throws {
    let arguments = ["plan"] + run
    let result = try CommandLineTool.run(arguments + ["--json", "--deadline", "2d"]) { _ in }
    let cost = try object(result.output)
    #expect(result.status == 0 && cost["images"] as? Int == 5 && cost["steps"] as? Int == 10)
    #expect(cost["shards"] as? Int == 1 && (cost["seconds"] as? Double ?? 0) > 0)
    #expect((cost["memoryBytes"] as? Int ?? 0) > 1 << 20 && (cost["diskBytes"] as? Int ?? 0) > 0)

    let late = try CommandLineTool.run(arguments + ["--deadline", "0.001s"]) { _ in }
    #expect(late.status == 64 && late.errors.contains("Give more time"), "\(late.errors)")
    let unmeasured = try CommandLineTool.run(["plan", "--dataset", path("data")]) { _ in }
    #expect(unmeasured.status == 0 && !unmeasured.output.contains("time on one machine"))
    let wrong = try CommandLineTool.run(arguments + ["--deadline", "8 hours"]) { _ in }
    #expect(wrong.status == 64 && wrong.errors.contains("--deadline"))
  }
}
