import Foundation
import ImageFiles
import TestSupport
import Testing

/// Streams that are full, closed or without a reader.
@Suite struct StandardStreamsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func generate(_ name: String, _ more: String...) -> [String] {
    [
      "generate", "-m", Fixture.url("pipelines/sd15/model").path, "-p", "a dog", "-W", "64", "-H",
      "48", "--steps", "1", "-o", folder.appending(name).path,
    ] + more
  }

  enum Fault: CaseIterable {
    case full, closed
    /// The reader is gone before the program starts, which tells the program by a signal or not.
    case brokenPipe, brokenPipeWithoutSignal

    /// A script that runs the program with this fault of a stream.
    func script(_ stream: Int) -> String {
      switch self {
      case .full: #""$0" "$@" \#(stream)>/dev/full"#
      case .closed: #""$0" "$@" \#(stream)>&-"#
      case .brokenPipe: #"exec 3> >(true); wait $!; "$0" "$@" \#(stream)>&3"#
      case .brokenPipeWithoutSignal: "trap '' PIPE; " + Fault.brokenPipe.script(stream)
      }
    }

    var isBrokenPipe: Bool { self == .brokenPipe || self == .brokenPipeWithoutSignal }
  }

  @Test(arguments: Fault.allCases) func messagesThatNobodyGetsAreDropped(fault: Fault) throws {
    let painted = try shell(fault.script(2), generate("a.png"))
    #expect(painted.status == 0)
    #expect(painted.output.hasSuffix("a.png\n"))
    #expect(try Image(contentsOf: folder.appending("a.png")).width == 64)
    #expect(try shell(fault.script(2), ["statistics", "/nowhere"]).status == 66)
    #expect(try shell(fault.script(2), ["--bogus"]).status == 64)
  }

  @Test(
    arguments: Fault.allCases,
    [["devices"], ["devices", "--json"], ["--help"], ["help", "generate"], ["--version"]])
  func resultsThatNobodyGetsAreAnError(fault: Fault, arguments: [String]) throws {
    let result = try shell(fault.script(1), arguments)
    #expect(result.status == 74)
    // Who stops reading knows it.
    #expect(result.errors.isEmpty == fault.isBrokenPipe)
    #expect(result.errors.isEmpty || result.errors.contains("standard output: "))
  }

  @Test func aFileNeverTakesTheNumberOfAClosedStream() throws {
    let result = try shell(#""$0" "$@" <&- >&- 2>&-"#, generate("a.png"))
    #expect(result.status == 74)
    #expect(try Image(contentsOf: folder.appending("a.png")).width == 64)
    #expect(try folder.contents == ["a.png"])
  }

  @Test func aReaderSeesEachLineAtOnce() throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = CommandLineTool.executable
    process.arguments = generate("many.png", "--count", "100000")
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let first = pipe.fileHandleForReading.availableData
    #expect(String(decoding: first, as: UTF8.self).hasSuffix("many_1.png\n"))
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
  }
}
