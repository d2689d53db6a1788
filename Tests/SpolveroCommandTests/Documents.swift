import Foundation

/// The code that README.md and the library's articles show.
enum Documents {
  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  private static let readme = root.appendingPathComponent("README.md")

  /// The program in each document that has one: its blocks of Swift, one after the other.
  static var programs: [String] {
    get throws {
      let articles = try FileManager.default.contentsOfDirectory(
        at: root.appendingPathComponent("Sources/Spolvero/Spolvero.docc"),
        includingPropertiesForKeys: nil)
      let programs = try ([readme] + articles).map { document in
        try String(contentsOf: document, encoding: .utf8)
          .matches(of: /```swift\n(.*?)```/.dotMatchesNewlines()).map(\.1).joined()
      }
      return programs.filter { !$0.isEmpty }
    }
  }

  /// README's lines that call the program, those that go on on the next line joined. What an ellipsis leaves out
  /// is put in its place.
  static var commands: [String] {
    get throws {
      try String(contentsOf: readme, encoding: .utf8)
        .replacing(/\\\n */, with: "").split(separator: "\n")
        .filter { $0.hasPrefix("    spolvero ") }
        .map { completed(String($0.dropFirst(4))) }
    }
  }

  /// A command line with what its `…` stands for.
  private static func completed(_ command: String) -> String {
    command.replacing(
      "…",
      with: command.hasPrefix("spolvero augment")
        ? "--model models/sd15 --adapter models/canny-sd15" : "-m models/sd15 -p dog -o dog.png")
  }
}
