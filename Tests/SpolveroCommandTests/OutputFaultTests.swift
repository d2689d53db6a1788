import Foundation
import ImageFiles
import TestSupport
import Testing

/// Places that cannot be written to, beyond those of ``SituationTests``.
@Suite struct OutputFaultTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeDataset("data")
  }

  private func path(_ name: String) -> String { folder.appending(name).path }

  private func generate(_ name: String, _ more: String...) -> [String] {
    [
      "generate", "-m", Self.models + "/model", "-p", "a dog", "-W", "64", "-H", "48", "--steps",
      "1", "-o", path(name),
    ] + more
  }

  private func prior(_ output: String) -> [String] {
    [
      "prior", "--image", path("data/JPEGImages/a.jpg"), "--mask",
      path("data/SegmentationClass/a.png"), "--resolution", "64", "-o", path(output),
    ]
  }

  /// Runs the program with files of so many kilobytes at most, which stands in for a disk that is full.
  private func run(_ arguments: [String], limit: Int) throws -> CommandLineTool.Outcome {
    // The streams are pipes: a limit would hold for files there too.
    try shell(
      "(ulimit -f \(limit); exec \"$0\" \"$@\") 2>&1 | cat; exit ${PIPESTATUS[0]}", arguments)
  }

  @Test func latentsOnAFullDiskAreAnErrorOfWriting() throws {
    // Twenty latents are larger than each image.
    let latents = path("latents.safetensors")
    let result = try run(generate("a.png", "--count", "20", "--save-latents", latents), limit: 12)
    #expect(result.status == 74)
    #expect(result.output.contains("\(latents): writing failed"), "\(result.output)")
    #expect(try folder.contents.count == 21)
  }

  @Test func whatIsNoFileIsRefusedBeforeAnyWork() throws {
    mkfifo(path("pipe.png"), 0o600)
    try FileManager.default.createDirectory(
      atPath: path("looks/a_blend.png"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path("null.png"), withDestinationPath: "/dev/null")
    try FileManager.default.createDirectory(
      atPath: path("n_2.png"), withIntermediateDirectories: true)
    for arguments in [
      generate("pipe.png"), generate("null.png"), generate("n.png", "--count", "3"),
      generate("a.png", "--save-latents", path("pipe.png")), prior("looks"), prior("pipe.png"),
      ["sheet", "/nowhere", "-o", path("pipe.png")],
      ["synthesize", "--architecture", "tiny", "-o", path("pipe.png")],
    ] {
      let result = try CommandLineTool.run(arguments) { _ in }
      #expect(result.status == 73, "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty)
    }
    #expect(
      try folder.contents == ["data", "looks", "n_2.png", "null.png", "pipe.png"])
  }

  @Test func aLinkIsWrittenThrough() throws {
    try folder.write("old", "target.png")
    try FileManager.default.createSymbolicLink(
      atPath: path("link.png"), withDestinationPath: "target.png")
    #expect(try CommandLineTool.run(generate("link.png")) { _ in }.status == 0)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: path("link.png")) == "target.png")
    #expect(try Image(contentsOf: folder.appending("target.png")).width == 64)
  }
}
