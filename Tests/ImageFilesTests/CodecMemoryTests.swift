import Foundation
import Testing

/// The codecs' C with every allocation failing in turn and every byte of its files damaged: nothing is
/// freed twice or not at all, nothing is read beyond its end.
@Suite struct CodecMemoryTests {
  @Test(.enabled(if: check?.status != 77, "clang or a static library of a codec is missing"))
  func noFailureHarmsMemory() throws {
    let check = try #require(Self.check)
    #expect(check.output == "")
    #expect(check.status == 0)
  }

  private static let check = try? run()

  private static func run() throws -> (status: Int32, output: String) {
    let tools = ExpectedSamples.folder.appending(path: "../../../tools")
    let pictures = try FileManager.default
      .contentsOfDirectory(at: ExpectedSamples.folder, includingPropertiesForKeys: nil)
      .filter { ["png", "jpg"].contains($0.pathExtension) }
    let process = Process()
    process.executableURL = tools.appending(path: "check_codecs.sh")
    process.arguments = pictures.map(\.path)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
