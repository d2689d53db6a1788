import Foundation
import ImageFiles
import TestSupport
import Testing

/// The code in documents compiles, README's commands are commands, and those that need no large model do their work.
@Suite struct DocumentTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func theSwiftCompiles() throws {
    let programs = try Documents.programs
    #expect(programs.count >= 4)
    for (index, program) in programs.enumerated() {
      let file = try folder.write(program, "\(index)/main.swift")
      let outcome = try CommandLineTool.run(
        ["swiftc", "-typecheck", "-swift-version", "6", file.path] + Self.modules(),
        of: URL(fileURLWithPath: "/usr/bin/env")
      ) { _ in }
      #expect(outcome.status == 0, "\(program)\n\(outcome.errors)")
    }
  }

  /// Where the compiler finds the modules built with these tests, and the C modules beneath them.
  private static func modules() throws -> [String] {
    let build = CommandLineTool.executable.deletingLastPathComponent()
    let folders = try [build, Documents.root.appendingPathComponent("Sources")].flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }
    let maps = folders.map { $0.appendingPathComponent("module.modulemap").path }
      .filter(FileManager.default.fileExists)
    return ["-I", build.appendingPathComponent("Modules").path]
      + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
  }

  /// In an empty folder a command finds nothing that it wants, but it knows what it wants.
  @Test func theCommandsAreUnderstood() throws {
    let commands = try Documents.commands
    #expect(commands.count > 8)
    for command in commands {
      let outcome = try run(command)
      #expect(outcome.status != 64, "\(command)\n\(outcome.errors)")
    }
  }

  @Test func theCommandsThatNeedNoLargeModelDoTheirWork() throws {
    try makeWhatTheCommandsRead()
    let commands = try Documents.commands.filter {
      // Models are the reader's own, and these look at what they painted.
      !$0.contains("models/") && !$0.contains(/\b(sheet|report|filter|schedule)\b/)
    }
    #expect(commands.count >= 5)
    for command in commands {
      let outcome = try run(command)
      #expect(outcome.status == 0, "\(command)\n\(outcome.errors)")
    }
    let boat = try ImageSize(ofImageAt: folder.appending("boat.png"))
    #expect(boat == ImageSize(width: 96, height: 96))
    #expect(try folder.contents.contains("priors"))
  }

  private func run(_ command: String) throws -> CommandLineTool.Outcome {
    try shell(#"cd "$1"; spolvero() { "$0" "$@"; }; "# + command, [folder.url.path])
  }

  /// A dataset of one photograph, and the model in the box.
  private func makeWhatTheCommandsRead() throws {
    let photograph = Image(width: 40, height: 30, channels: 3, fill: 40)
    let mask = LabelImage(width: 40, height: 30, ids: (0..<1200).map { $0 % 40 < 20 ? 0 : 15 })
    let stem = "2007_000032"
    try folder.write(photograph.jpegData(), "VOC2012/JPEGImages/\(stem).jpg")
    try folder.write(mask.pngData(), "VOC2012/SegmentationClass/\(stem).png")
    let objects = LabelImage(width: 40, height: 30, ids: mask.ids.map { $0 > 0 ? 1 : 0 })
    try folder.write(objects.pngData(), "VOC2012/SegmentationObject/\(stem).png")
    try folder.write("[]", "instances.json")
    for split in ["train", "val"] {
      try folder.write("\(stem)\n", "VOC2012/ImageSets/Segmentation/\(split).txt")
    }
    try folder.write(mask.pngData(), "predictions/\(stem).png")
    try FileManager.default.createSymbolicLink(
      at: folder.appending("Weights"),
      withDestinationURL: Documents.root.appendingPathComponent("Weights"))
  }
}
