import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Texts from files that would take a terminal over.
@Suite struct HostileTextTests {
  private let folder: TemporaryFolder
  /// An escape, a bell, a control of 8 bits, a line break and a mark that turns the text around.
  private static let hostile = "\u{1B}]0;a\u{7}\u{9B}b\nc\u{202E}\u{2028}d"
  private static let visible = #"\u{1B}]0;a\u{7}\u{9B}b\u{A}c\u{202E}\u{2028}d"#

  init() throws { folder = try TemporaryFolder() }

  /// No scalar of the hostile text is left but line breaks.
  private func isHarmless(_ text: String) -> Bool {
    !text.unicodeScalars.contains {
      $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
        || $0 == "\u{2028}"
    }
  }

  private func model() throws -> String {
    let index = try JSONEncoder().encode(["_class_name": Self.hostile])
    return try folder.write(index, "model_index.json").deletingLastPathComponent().path
  }

  @Test func resultsShowIt() throws {
    let result = try CommandLineTool.run("inspect", model())
    #expect(isHarmless(result.output))
    #expect(result.output.contains(": \(Self.visible)\n"))
  }

  @Test func resultsInJSONKeepIt() throws {
    let result = try CommandLineTool.run("inspect", model(), "--json")
    #expect(isHarmless(result.output))
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    #expect((object as? [String: Any])?["kind"] as? String == Self.hostile)
  }

  @Test func messagesShowItAndForgeNoLine() throws {
    let path = "/nowhere\u{1B}[2J\u{202E}\nspolvero: error: forged"
    let result = try CommandLineTool.run("statistics", path)
    #expect(result.status == 66)
    #expect(isHarmless(result.errors))
    #expect(result.errors.contains(#"/nowhere\u{1B}[2J\u{202E}"#))
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("spolvero: ") } == 1)
  }

  @Test func theArgumentParsersMessagesShowItToo() throws {
    let result = try CommandLineTool.run("generate", "--\u{1B}[2J")
    #expect(result.status == 64)
    #expect(isHarmless(result.errors))
    #expect(result.errors.contains("Usage: spolvero generate"))
  }
}
