import Foundation

/// Runs the program from a shell, whose redirections and limits a test wants.
///
/// - Parameters:
///   - script: Runs `"$0" "$@"` somewhere.
///   - arguments: The program's own.
func shell(_ script: String, _ arguments: [String]) throws -> CommandLineTool.Outcome {
  try CommandLineTool.run(
    ["-c", script, CommandLineTool.executable.path] + arguments,
    of: URL(fileURLWithPath: "/bin/bash")
  ) { _ in }
}
