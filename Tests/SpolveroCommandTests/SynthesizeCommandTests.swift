import Foundation
import TestSupport
import Testing

/// `spolvero synthesize` that is stopped, by request and by force.
@Suite struct SynthesizeCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func synthesize(_ architecture: String, _ name: String) -> [String] {
    ["synthesize", "--architecture", architecture, "-o", folder.appending(name).path]
  }

  /// Stops the making of a large model while its text encoder is written.
  private func stop(_ architecture: String, _ signal: Int32) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(synthesize(architecture, "model")) { process in
      let encoder = folder.appending("model/text_encoder")
      while process.isRunning && !((try? hasPartialFile(encoder)) ?? false) { usleep(500) }
      kill(process.processIdentifier, signal)
    }
  }

  private func hasPartialFile(_ url: URL) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: url.path).contains {
      $0.hasSuffix(".partial")
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL]) func beginsAnewAfterItWasStopped(signal: Int32)
    throws
  {
    #expect(try CommandLineTool.run(synthesize("tiny", "whole")) { _ in }.status == 0)
    for architecture in ["sd15", "sdxl"] {
      let stopped = try stop(architecture, signal)
      #expect(stopped.status == (signal == SIGKILL ? -SIGKILL : 130))
      #expect(
        try signal == SIGKILL
          || !hasPartialFile(folder.appending("model/text_encoder")), "something is half written")
    }
    let again = try CommandLineTool.run(synthesize("tiny", "model")) { _ in }
    #expect(again.status == 0, "\(again.errors)")
    #expect(try tree(folder.appending("model")) == tree(folder.appending("whole")))
  }

  @Test(arguments: ["unet/mine.safetensors", "mine.txt", ".hidden"])
  func keepsWhatTheUserPutsThere(path: String) throws {
    #expect(try stop("sd15", SIGKILL).status == -SIGKILL)
    let mine = folder.appending("model/" + path)
    try FileManager.default.createDirectory(
      at: mine.deletingLastPathComponent(), withIntermediateDirectories: true)
    try folder.write("mine", "model/" + path)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    let refused = try CommandLineTool.run(synthesize("tiny", "model")) { _ in }
    #expect(refused.status == 73 && refused.errors.contains("holds something already"))
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
        == before.sorted())
    #expect(try Data(contentsOf: mine) == Data("mine".utf8))
  }

  @Test func leavesWholeModelsAlone() throws {
    #expect(try CommandLineTool.run(synthesize("tiny", "model")) { _ in }.status == 0)
    let whole = try tree(folder.url)
    // Weights of somebody's own have the same names.
    for index in ["model/model_index.json", nil] {
      #expect(try CommandLineTool.run(synthesize("tiny", "model")) { _ in }.status == 73)
      if let index { try FileManager.default.removeItem(at: folder.appending(index)) }
    }
    #expect(try tree(folder.url) == whole.filter { $0.key != "model/model_index.json" })
  }
}
