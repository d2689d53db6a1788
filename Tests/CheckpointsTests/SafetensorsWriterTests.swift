import Checkpoints
import DurableFiles
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsWriterTests {
  @Test func writesTheBytesOfTheOriginalLibrary() throws {
    let whole = try Data(contentsOf: Fixtures.url("layout.safetensors"))
    let original = try SafetensorsFile(Fixtures.url("layout.safetensors"))
    var writer = SafetensorsWriter(metadata: original.header.metadata)
    for entry in original.header.entries.reversed() {
      writer.add(entry.name, entry.elementType, entry.shape) { whole.subdata(in: entry.bytes) }
    }
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("copy.safetensors")
    try writer.write(to: url)
    #expect(try Data(contentsOf: url) == whole)
  }

  @Test func writesAFileWithoutTensors() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("empty.safetensors")
    try SafetensorsWriter().write(to: url)
    #expect(try Data(contentsOf: url) == safetensors("{}      "))
    #expect(try SafetensorsFile(url).header.entries.isEmpty)
  }

  @Test func leavesNothingBehindWhenATensorFails() throws {
    struct Failure: Error {}
    let folder = try TemporaryFolder()
    let url = try folder.write("the old file", "weights.safetensors")
    var writer = SafetensorsWriter()
    writer.add("a", .float32, [1]) { Data(count: 4) }
    writer.add("b", .float32, [1]) { throw Failure() }
    #expect(throws: (any Error).self) { try writer.write(to: url) }
    #expect(try folder.contents == ["weights.safetensors"])
    #expect(try Data(contentsOf: url) == Data("the old file".utf8))
  }

  @Test func replacesAnOlderFile() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write("the old file", "weights.safetensors")
    try SafetensorsWriter(metadata: ["format": "pt"]).write(to: url)
    #expect(try folder.contents == ["weights.safetensors"])
    #expect(try SafetensorsFile(url).header.metadata == ["format": "pt"])
  }

  @Test func saysWhereItCannotWrite() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("absent/weights.safetensors")
    let error = try #require(throws: WritingError.self) {
      try SafetensorsWriter().write(to: url)
    }
    #expect(error.description.hasPrefix("\(url.path): this cannot be written (No such file"))
  }
}
