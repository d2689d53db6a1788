import Foundation
import TestSupport
import Testing

/// A short run of the fuzzer: see `Fuzzing/README.md` for a long one.
@Suite struct FuzzingTests {
  @Test func noConfigurationEndsTheProcess() throws {
    let folder = try TemporaryFolder()
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Fuzzing/Corpus")
    let program = CommandLineTool.executable.deletingLastPathComponent()
      .appendingPathComponent("fuzz-configurations")
    let input = folder.appending("input.json")
    let result = try CommandLineTool.run(
      [corpus.path, "--runs", "1000", "--seed", "1", "--input", input.path], of: program
    ) { _ in }
    let last = (try? String(contentsOf: input, encoding: .utf8)) ?? ""
    #expect(result.status == 0, "\(result.errors)\n\(last)")
    #expect(result.output.contains("and 1000 changes of them tried"))
  }
}
