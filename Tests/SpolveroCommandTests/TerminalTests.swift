import Foundation
import TestSupport
import Testing

/// What a person at a terminal sees and types.
@Suite struct TerminalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func generate(_ name: String, _ more: String...) -> [String] {
    [
      "generate", "-m", Fixture.url("pipelines/sd15/model").path, "-p", "a dog", "-W", "64", "-H",
      "48", "--steps", "3", "-o", folder.appending(name).path,
    ] + more
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"),
      "there is no 'script', which opens a terminal"))
  func progressNeverWraps() throws {
    let result = try shell(
      """
      printf -v command '%q ' "$0" "$@"
      script -qec "stty cols 16; exec $command >/dev/null" /dev/null </dev/null
      """, generate("a.png"))
    #expect(result.status == 0)
    let lines = result.output.components(separatedBy: "\r\u{1B}[K").dropFirst()
    #expect(lines.contains("image 1/1, step"))
    #expect(lines.allSatisfy { $0.count < 16 }, "\(lines)")
  }

  /// The program cannot go on, since nobody empties its full pipe.
  @Test func aSecondInterruptionEndsAtOnce() throws {
    let pipe = fullPipe()
    let process = Process()
    process.executableURL = CommandLineTool.executable
    process.arguments = generate("a.png", "--count", "3")
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let picture = folder.appending("a_1.png").path
    while process.isRunning && !FileManager.default.fileExists(atPath: picture) { usleep(500) }
    // Two that come close together count as one.
    while process.isRunning {
      kill(process.processIdentifier, SIGINT)
      usleep(20_000)
    }
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
    #expect(try folder.contents == ["a_1.png"])
  }

  /// The program waits with what it says of the loading, since nobody empties its full pipe.
  @Test func anInterruptionEndsTheLoadingOfAModel() throws {
    let pipe = fullPipe()
    let process = Process()
    process.executableURL = CommandLineTool.executable
    process.arguments = generate("a.png")
    process.standardOutput = FileHandle.nullDevice
    process.standardError = pipe
    try process.run()
    try? pipe.fileHandleForWriting.close()
    while process.isRunning && !process.takes(SIGINT) { usleep(500) }
    kill(process.processIdentifier, SIGINT)
    while process.isRunning && !process.hasTaken(SIGINT) { usleep(500) }
    let errors = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(errors.contains("loading") && errors.contains("0 of 1 images are written"))
    #expect(!errors.contains("image 1/1") && !errors.contains("warning"))
    #expect(try folder.contents.isEmpty)
  }

  private func fullPipe() -> Pipe {
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting.fileDescriptor
    let flags = fcntl(writing, F_GETFL)
    _ = fcntl(writing, F_SETFL, flags | O_NONBLOCK)
    let page = [UInt8](repeating: 0, count: 4096)
    while write(writing, page, page.count) > 0 {}
    _ = fcntl(writing, F_SETFL, flags)
    return pipe
  }
}
