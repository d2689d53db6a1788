import Foundation

/// The built program, run as a user runs it.
struct BenchmarkTool {
  /// The exit code.
  let status: Int32
  let output: String
  let errors: String

  /// The program lies beside the tests.
  private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("benchmark")

  /// Runs the program to its end.
  init(_ arguments: String...) throws { try self.init(arguments) }

  /// Runs the program to its end.
  ///
  /// - Parameter destination: Where results go instead of into `output`.
  init(_ arguments: [String], output destination: FileHandle? = nil) throws {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = destination ?? output
    process.standardError = errors
    try process.run()
    try output.fileHandleForWriting.close()
    // What the program writes to the second pipe is a few lines, which the pipe holds meanwhile.
    self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }

  /// The lines of the output.
  var lines: [Substring] { output.split(separator: "\n") }
}
