import ArgumentParser
import DurableFiles

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
      Models.self, Synthesize.self, Devices.self,
    ])

  /// Parses, runs and exits with a code that says what went wrong.
  static func main() {
    StandardStream.prepare()
    guard CommandLine.argc > 0 else {
      Console.error(
        "/proc/self/cmdline: this file cannot be read, and the arguments stand in it. Mount /proc: "
          + "mount -t proc proc /proc.")
      exit(withError: ExitCode(ExitStatus.noInput.rawValue))
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      exit(withError: status(explaining: error))
    }
  }

  /// Says what the user should know of an error.
  private static func status(explaining error: any Error) -> ExitCode {
    if error is ReaderIsGone { return ExitCode(ExitStatus.inputOutput.rawValue) }
    if let status = ExitStatus(error) {
      Console.error("\(error)")
      return ExitCode(status.rawValue)
    }
    let (code, text) = (exitCode(for: error), fullMessage(for: error))
    guard code.isSuccess else {
      if !text.isEmpty { Console.usage(text) }
      return code
    }
    // Help and version are results.
    do { try Console.result(text: text + "\n") } catch { return status(explaining: error) }
    return code
  }
}
