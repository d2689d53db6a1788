import Augmentation
import DiffusionPipelines
import Faults
import Foundation
import TestSupport
import Testing

@Suite struct OutputFolderTests {
  @Test(arguments: ["notes.txt", ".hidden", "JPEGImages/old.jpg"])
  func refusesFoldersThatHoldSomethingElse(path: String) throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let url = output.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: url)
    let before = try tree(output)
    #expect {
      try dataset.plan().run(into: output)
    } throws: { error in
      (error as? AugmentationError)?.kind == .cannotCreate
        && "\(error)".contains("holds something else")
    }
    #expect(try tree(output) == before)
  }

  @Test func keepsWhatTheUserPutsBesideARun() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let notes = output.appendingPathComponent("notes.txt")
    try Data("mine".utf8).write(to: notes)
    try dataset.plan().run(into: output)
    #expect(try Data(contentsOf: notes) == Data("mine".utf8))
  }

  @Test func namesTheSettingsThatDiffer() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let before = try tree(output)
    var settings = TestDataset.settings
    settings.seed = 9
    settings.sampling.guidanceScale = 5
    let expected = GeneratorTraits(scheduler: "ddim")
    let text = message { try dataset.plan(settings).run(into: output, expecting: expected) }
    for part in [
      "settings.seed is 0 there and 9 now",
      "settings.sampling.guidanceScale is 7.5 there and 5 now",
      "generator.scheduler is 'by hand' there and 'ddim' now",
    ] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(try tree(output) == before)
  }

  @Test func noticesAnotherDatasetOtherCaptionsAndOtherModels() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    try dataset.plan().run(into: output)
    let captions = try Captions(
      decoding: Data(#"{"image": "a", "caption": "new"}"#.utf8), name: "captions")
    #expect(
      message { try dataset.plan(captions: captions).run(into: output) }.contains(
        "plan is not what it was"))

    let run = AugmentationRun(
      plan: try dataset.plan(), output: output, models: { ["model/x": "cd"] })
    #expect(
      message {
        try run(
          recipe: { throw CancellationError() }, interruption: Interruption(), progress: { _ in })
      }.contains("models.model/x is not set there and 'cd' now"))

    let other = try TestDataset(stems: ["b", "a", "größe 2", "empty"])
    #expect(message { try other.plan().run(into: output) }.contains("dataset is not what it was"))
  }

  @Test(arguments: [true, false]) func itsOwnFolderIsNoLinkAndNoFile(isLink: Bool) throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let scratch = output.appendingPathComponent(".spolvero")
    let mine = dataset.folder.appending("mine")
    for folder in [output, mine] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }
    try dataset.folder.write("mine", "mine/a.partial")
    if isLink {
      try FileManager.default.createSymbolicLink(at: scratch, withDestinationURL: mine)
    } else {
      try Data("mine".utf8).write(to: scratch)
    }
    #expect {
      try dataset.plan().run(into: output)
    } throws: { error in
      (error as? AugmentationError)?.kind == .cannotCreate && "\(error)".contains(".spolvero")
    }
    #expect(try tree(mine) == ["a.partial": Data("mine".utf8)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.path) == [".spolvero"])
  }

  @Test func theLongestNamesHaveRoom() throws {
    // The generated image's name is this one with '_1', and could have a number of six digits.
    let dataset = try TestDataset(stems: [String(repeating: "n", count: 242)])
    #expect(try dataset.plan().run(into: dataset.folder.appending("out")).painted == 5)
  }

  @Test func whatIsBehindALinkAndAboveItIsTheDatasetToo() throws {
    let dataset = try TestDataset()
    try FileManager.default.createSymbolicLink(
      at: dataset.folder.appending("link"),
      withDestinationURL: dataset.root.appendingPathComponent("JPEGImages"))
    let output = URL(fileURLWithPath: dataset.folder.url.path + "/link/../out")
    #expect(message { try dataset.plan().run(into: output) }.contains("inside the dataset"))
  }

  @Test func aModelThatDoesNotLoadLeavesNoFolderBehind() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let there = dataset.folder.appending("there")
    try FileManager.default.createDirectory(at: there, withIntermediateDirectories: false)
    for folder in [output, there] {
      let run = AugmentationRun(
        plan: try dataset.plan(), output: folder, models: { ["model/x": "cd"] })
      #expect(throws: CancellationError.self) {
        try run(
          recipe: { throw CancellationError() }, interruption: Interruption(), progress: { _ in })
      }
    }
    #expect(!FileManager.default.fileExists(atPath: output.path))
    #expect(try tree(there).isEmpty)
    // The corrected command finds a free folder.
    try dataset.plan().run(into: there)
  }

  @Test func keepsASecondRunOut() throws {
    let dataset = try TestDataset()
    let output = dataset.folder.appending("out")
    let plan = try dataset.plan()
    var second: AugmentationError?
    try plan.run(into: output) { _ in
      if second != nil { return }
      do { try plan.run(into: output) } catch { second = error as? AugmentationError }
    }
    #expect(second?.kind == .busy)
    #expect(second?.description.contains("another run is writing to this folder") == true)
    try plan.run(into: dataset.folder.appending("unbroken"))
    #expect(try tree(output) == tree(dataset.folder.appending("unbroken")))
  }

  @Test func refusesTheDatasetItself() throws {
    let dataset = try TestDataset()
    let before = try tree(dataset.root)
    let link = dataset.folder.appending("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: dataset.root)
    for output in [
      dataset.root, dataset.root.appendingPathComponent("sub/out"), link,
      link.appendingPathComponent("out"),
    ] {
      #expect(
        message { try dataset.plan().run(into: output) }.contains("inside the dataset"),
        "\(output.path)")
    }
    #expect(try tree(dataset.root) == before)
  }
}

@Suite struct DiskTests {
  @Test func saysThatTheDiskIsFullAboutTheFileThatTheUserKnows() throws {
    let folder = try TemporaryFolder()
    let picture = URL(fileURLWithPath: "/out/cat_1.jpg")
    let there = try folder.write("x", "there")
    #expect(
      message { try Disk().write(Data("x".utf8), to: there, for: picture) }
        .hasPrefix("/out/cat_1.jpg: this cannot be written"))
    let full = AugmentationError.writing(picture, .ENOSPC)
    #expect(full.kind == .inputOutput)
    #expect(full.description.hasPrefix("/out/cat_1.jpg: the disk is full"))
    #expect(full.description.hasSuffix("the same command goes on where this one stopped."))
  }

  @Test func pipesAreNotWaitedFor() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.appending("ledger.jsonl")
    mkfifo(pipe.path, 0o600)
    #expect(message { try Disk().read(pipe) }.contains("cannot be read"))
    #expect(message { try Disk().append(Data(), to: pipe) }.contains("ledger.jsonl: "))
    #expect(message { try LedgerRecord.all(in: folder.url) }.contains("cannot be read"))

    mkfifo(folder.appending("weights.safetensors").path, 0o600)
    #expect(
      message {
        try ModelFiles(of: ["model": folder.url], interruption: Interruption()).hashes
      }.contains("weights.safetensors: this file cannot be read"))
  }

  @Test func anAppendThatFailsHalfwayLeavesTheFileAsLongAsBefore() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      defer { withExtendedLifetime(folder) {} }
      let url = folder.appending("ledger.jsonl")
      try Disk().append(Data(repeating: 1, count: 1000), to: url)
      // A limit on the size of files stands in for a disk that fills up within one write.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1500, rlim_max: 1500)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let failed = (try? Disk().append(Data(repeating: 2, count: 1000), to: url)) == nil
      let left = try Data(contentsOf: url)
      precondition(failed && left == Data(repeating: 1, count: 1000))
    }
  }
}
