import Foundation

/// The built program, run as a user runs it.
struct CommandLineTool {
  /// What a finished program left.
  struct Outcome {
    /// The exit code, or minus the signal that ended it.
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program lies beside the tests.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("spolvero")

  /// Runs the program to its end.
  static func run(_ arguments: String...) throws -> Outcome { try run(arguments) { _ in } }

  /// Runs the program, or another one, with `environment` beside what this process has; `meanwhile` may send it signals.
  static func run(
    _ arguments: [String], of executable: URL = Self.executable,
    environment: [String: String] = [:], meanwhile: (Process) throws -> Void
  ) throws -> Outcome {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = executable
    process.arguments = arguments
    // Files instead of pipes: a pipe that nobody empties would stop the program.
    let folder = FileManager.default.temporaryDirectory
    let files = (0..<2).map { _ in folder.appendingPathComponent("spolvero-\(UUID().uuidString)") }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    let signal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: signal ? -process.terminationStatus : process.terminationStatus,
      output: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8))
  }
}
