import ArgumentParser

/// The command line.
@main
struct Spolvero: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spolvero",
    abstract: "Paints new photographs on the outlines of a labelled segmentation dataset.",
    discussion: """
      Models are folders in diffusers' layout with safetensors weights; nothing is downloaded. \
      Results go to standard output, everything else to standard error.

      \(ExitStatus.help)
      """,
    version: "0.1.0",
    subcommands: [
      Generate.self, Augment.self, Sheet.self, Prior.self, Statistics.self, Inspect.self,
      Synthesize.self, Devices.self,
    ])

  /// Parses, runs and exits with a code that says what went wrong.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard let status = ExitStatus(error) else { exit(withError: error) }
      Console.error("\(error)")
      exit(withError: ExitCode(status.rawValue))
    }
  }
}
