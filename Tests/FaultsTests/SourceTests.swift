import Foundation
import Testing

/// Rules about all sources that no compiler knows.
@Suite struct SourceTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources").standardizedFileURL

  /// The lines of all sources, each after its place.
  private static func lines(where isIn: (String) -> Bool = { _ in true }) throws -> [(
    place: String, text: Substring
  )] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let sources = paths.filter { path in
      isIn(path) && ["swift", "h", "c", "slang", "md"].contains { path.hasSuffix("." + $0) }
    }
    return try sources.flatMap { path in
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .map { ("\(path):\($0.offset + 1)", $0.element) }
    }
  }

  /// An error without a kind would end the program with a code that means something else.
  @Test func everyErrorIsAFault() throws {
    let declaration = /\b(struct|enum|class|actor|protocol|extension) .*:.*\bError\b/
    let errors = try Self.lines().filter { $0.text.contains(declaration) }.map(\.text)
    #expect(errors == ["public protocol Fault: Error, Sendable, CustomStringConvertible {"])
  }

  /// What is a flag to one program is an argument or a button to another.
  @Test func onlyTheCommandNamesOptions() throws {
    let named = try Self.lines { !$0.hasPrefix("SpolveroCommand/") }
      .filter { $0.text.contains(/--[a-z]/) }
    #expect(named.map { "\($0.place): \($0.text)" } == [])
    #expect(try Self.lines().contains { $0.text.contains("--first-class-id") })
  }

  /// What a merge leaves where two changes meet goes unseen in texts that nothing compiles.
  @Test func noTextHasAConflictsMarks() throws {
    let project = Self.root.deletingLastPathComponent()
    let marks = ["<", ">"].map { String(repeating: $0, count: 7) + " " }
    var (marked, seen): ([String], Int) = ([], 0)
    for folder in ["Sources", "Tests", "Benchmarks", "LittleWorld", "tools", "Fuzzing", "."] {
      let url = project.appending(path: folder)
      let paths =
        folder == "."
        ? try FileManager.default.contentsOfDirectory(atPath: url.path)
        : try FileManager.default.subpathsOfDirectory(atPath: url.path)
      for path in paths where ["swift", "py", "sh", "md", "txt"].contains(where: path.hasSuffix) {
        guard let text = try? String(contentsOf: url.appending(path: path), encoding: .utf8) else {
          continue
        }
        seen += 1
        let lines = text.split(separator: "\n")
        if lines.contains(where: { line in marks.contains { line.hasPrefix($0) } }) {
          marked.append("\(folder)/\(path)")
        }
      }
    }
    #expect(marked == [] && seen > 500)
  }
}
