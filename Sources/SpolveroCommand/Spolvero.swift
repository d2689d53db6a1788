import ArgumentParser
import DurableFiles
import Faults

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
      Generate.self, Augment.self, Plan.self, Merge.self, Caption.self, Annotate.self, Segment.self,
      Sheet.self, Report.self, Reproduce.self,
      Prior.self, Statistics.self, ConvertDataset.self, Score.self, Evaluate.self, Filter.self,
      Scribble.self, Schedule.self, Embed.self, Inspect.self,
      Models.self, Synthesize.self, Devices.self,
    ])

  /// Parses, runs and exits with a code that says what went wrong.
  static func main() {
    StandardStream.prepare()
    guard CommandLine.argc > 0 else {
      let fault = CommandError(
        .noInput,
        "/proc/self/cmdline: this file cannot be read, and the arguments stand in it. Mount /proc: "
          + "mount -t proc proc /proc.")
      exit(withError: report(fault: fault))
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      exit(withError: report(error))
    }
  }

  /// Says what the user should know of an error.
  ///
  /// - Returns: The code that says it to other programs.
  private static func report(_ error: any Error) -> ExitCode {
    // A command that has said everything itself.
    if let code = error as? ExitCode { return code }
    let code = exitCode(for: error)
    // The argument parser has other codes for what it throws itself.
    if code == .failure { return report(fault: fault(of: error)) }
    let text = fullMessage(for: error)
    guard code.isSuccess else {
      if !text.isEmpty { Console.usage(text) }
      return code
    }
    // Help and version are results.
    do { try Console.result(text: text + "\n") } catch { return report(error) }
    return code
  }

  private static func report(fault: any Fault) -> ExitCode {
    // Whoever does not read any more knows it.
    if !(fault is ReaderIsGone) { Console.error(fault) }
    return ExitStatus(fault.kind).code
  }
}
