import Foundation
import Testing

/// What the shell completes after an option.
@Suite struct CompletionTests {
  private struct Help: Decodable {
    struct Command: Decodable {
      let commandName: String
      let arguments: [Argument]?
      let subcommands: [Command]?
    }
    struct Argument: Decodable {
      struct Completion: Decodable {
        struct Files: Decodable {}
        let file, directory: Files?
      }
      let valueName: String?
      let completionKind: Completion?
    }
    let command: Command
  }

  private static let paths: Set = [
    "captions", "classes", "clip", "confusion", "control", "control-image", "dataset", "folder",
    "image", "inception", "initial-latents", "mask", "model", "output", "predictions",
    "prior-model", "reference", "root", "save-latents",
  ]

  @Test func everyPathIsCompleted() throws {
    let outcome = try CommandLineTool.run("--experimental-dump-help")
    let help = try JSONDecoder().decode(Help.self, from: Data(outcome.output.utf8))
    var found: Set<String> = []
    for command in try #require(help.command.subcommands) {
      for argument in command.arguments ?? [] {
        guard let name = argument.valueName, Self.paths.contains(name) else { continue }
        found.insert(name)
        let completion = argument.completionKind
        #expect(
          completion?.file != nil || completion?.directory != nil, "\(command.commandName) \(name)")
      }
    }
    #expect(found == Self.paths)
  }
}
