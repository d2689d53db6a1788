import Foundation
import Testing

/// What README says in tables is what the program says.
@Suite struct ReadmeTests {
  private struct Model: Decodable {
    let purpose, repository, licence: String
    let files, commands: [String]
    let bytes: Double

    /// The size as people read it.
    var size: String {
      bytes < 1e9
        ? String(format: "%.0f MB", bytes / 1e6) : String(format: "%.1f GB", bytes / 1e9)
    }
  }

  private let readme: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test func listsTheModels() throws {
    let result = try CommandLineTool.run("models", "--json")
    #expect(result.status == 0 && result.errors.isEmpty)
    let models = try JSONDecoder().decode([Model].self, from: Data(result.output.utf8))
    let list = try CommandLineTool.run("models").output
    #expect(models.count == 17)
    for model in models {
      let files = model.files.map { "`\($0)`" }.joined(separator: " ")
      let row = [model.purpose, "`\(model.repository)`", files, model.size, model.licence]
      #expect(readme.contains("| " + row.joined(separator: " | ") + " |\n"), "\(row)")
      #expect(list.contains("\(model.purpose) (\(model.size), licence: \(model.licence))\n"))
      for command in model.commands { #expect(list.contains("  \(command)\n")) }
    }
    // README shows one model of either kind from the hub to a run.
    for command in models[0].commands + models[1].commands {
      #expect(words(readme).contains(command), "\(command)")
    }
  }

  @Test func listsTheExitCodes() throws {
    let help = words(try CommandLineTool.run("--help").output)
    let rows = readme.matches(of: /\n\| (\d+) \| (.+) \|/)
    #expect(rows.count == 10)
    for row in rows {
      let line = "\(row.1) \(row.2)".replacing("`", with: "'")
      #expect(help.contains(line), "\(line)")
    }
  }

  /// The text without line breaks, those of shells included.
  private func words(_ text: String) -> String {
    text.replacing(" \\\n", with: "\n").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}
