import CPUBackend
import Checkpoints
import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing

@Suite struct CheckpointTests {
  private let device = Device.cpu(threads: 1)

  @Test(arguments: ["half", "brain"])
  func readsHalfPrecisionAsPyTorchDoes(name: String) throws {
    let p = Parameters(try Checkpoint(Fixtures.url("types.safetensors")), device: device)
    let tensor = try p.tensor(name, [3, 5])
    #expect(tensor.dtype == .float32)
    let expected = try p[name].tensor("expected", [3, 5])
    #expect(tensor.floats().map(\.bitPattern) == expected.floats().map(\.bitPattern))
  }

  @Test func readsElementsAsTheyAre() throws {
    let url = Fixtures.url("layout.safetensors")
    let p = Parameters(try Checkpoint(url), device: device)
    #expect(try p.b.tensor("weight", [2, 3]).floats() == [0, 1, 2, 3, 4, 5])
    #expect(try p.a.tensor("bias", [2]).floats() == [-1.5, 2.25])
    #expect(try p.tensor("half", [3]).floats() == [0, 1, 2])
    #expect(try p.tensor("scalar", []).floats() == [7])
    #expect(try p.tensor("none", [0, 4]).floats() == [])
  }

  @Test func packsWeightsInThePrecisionAskedFor() throws {
    let checkpoint = try Checkpoint(Fixtures.url("types.safetensors"))
    let p = Parameters(checkpoint, device: device, precision: .bfloat16)
    let matrix = try p.tensor("single", [3, 5])
    #expect(matrix.dtype == .float32)
    #expect(p.pack(matrix).precision == .bfloat16)
    #expect(p.pack(matrix).shape == [3, 5, 1, 1])
    #expect(p.pack(matrix.reshaped([3, 1, 5, 1])).shape == [3, 1, 5, 1])
    #expect(Parameters(checkpoint, device: device).pack(matrix).precision == .float32)
  }

  @Test(arguments: [
    ("double", [3, 5], ElementType.float64), ("ids", [4], .int32), ("position_ids", [4], .int64),
    ("mask", [2], .bool),
  ])
  func refusesParametersThatAreNoFloats(name: String, shape: [Int], type: ElementType) throws {
    let p = Parameters(try Checkpoint(Fixtures.url("types.safetensors")), device: device)
    let error = try #require(throws: CheckpointError.self) { try p.tensor(name, Shape(shape)) }
    #expect(error.reason == .type(tensor: name, found: type))
    #expect(error.description.contains("is stored as \(type.rawValue), expected F32, F16 or BF16"))
  }

  @Test func readsIntegersThatAreNoParameters() throws {
    let ids = try Checkpoint(Fixtures.url("types.safetensors")).tensor(named: "ids", on: device)
    #expect(ids.dtype == .int32 && ids.shape == [4])
    var values = [Int32](repeating: -1, count: 4)
    var span = values.mutableSpan
    var bytes = span.mutableBytes
    device.backend.read(ids, into: &bytes)
    #expect(values == [0, 1, 2, 3])
  }

  @Test func offersTheNearestName() throws {
    let url = Fixtures.url("whole.safetensors")
    let p = Parameters(try Checkpoint(url), device: device)
    let error = try #require(throws: CheckpointError.self) {
      try p.block[3].tensor("weight", [4, 8])
    }
    #expect(
      error.reason
        == .missing(tensor: "block.3.weight", shape: [4, 8], nearest: "blocks.3.weight"))
    #expect(error.description.hasPrefix("\(url.path): there is no tensor 'block.3.weight'"))
    #expect(error.description.contains("expected with shape [4, 8]"))
  }

  @Test func offersNothingWhenNoNameIsNear() throws {
    let p = Parameters(try Checkpoint(Fixtures.url("whole.safetensors")), device: device)
    let error = try #require(throws: CheckpointError.self) { try p.shape(of: "time_embedding") }
    #expect(error.reason == .missing(tensor: "time_embedding", shape: nil, nearest: nil))
  }

  @Test func refusesAnotherShapeOfTheSameSize() throws {
    let p = Parameters(try Checkpoint(Fixtures.url("whole.safetensors")), device: device)
    let error = try #require(throws: CheckpointError.self) {
      try p.blocks[0].tensor("weight", [8, 4])
    }
    #expect(
      error.reason == .shape(tensor: "blocks.0.weight", found: [4, 8], expected: [8, 4]))
    #expect(error.description.contains("has shape [4, 8], expected [8, 4]"))
  }

  @Test func asksBeforeEachTensorWhetherToGoOn() throws {
    let calls = Mutex(0)
    let folder = try ModelFolder(Fixtures.url("sharded")) {
      if (calls.withLock {
        $0 += 1; return $0
      }) == 3 {
        throw CancellationError()
      }
    }
    let checkpoint = try folder.checkpoint()
    #expect(calls.withLock { $0 } == 0)
    for name in checkpoint.names.prefix(2) { _ = try checkpoint.tensor(named: name, on: device) }
    let third = checkpoint.names[2]
    #expect(throws: CancellationError.self) { try checkpoint.tensor(named: third, on: device) }
    #expect(checkpoint.unread.contains(third) && calls.withLock { $0 } == 3)
  }

  @Test func readsShardsAsOneFile() throws {
    let sharded = try ModelFolder(Fixtures.url("sharded")).checkpoint()
    let whole = try Checkpoint(Fixtures.url("whole.safetensors"))
    #expect(sharded.names == whole.names)
    #expect(sharded.paths.count == 3)
    for name in whole.names {
      let one = try sharded.tensor(named: name, on: device).floats()
      #expect(try one == whole.tensor(named: name, on: device).floats())
    }
  }

  @Test func remembersWhatWasRead() throws {
    let checkpoint = try Checkpoint(Fixtures.url("whole.safetensors"))
    let p = Parameters(checkpoint, device: device).blocks
    for i in 0..<3 { _ = try p[i].tensor("weight", [4, 8]) }
    // Neither a question nor a refusal reads anything.
    #expect(p.contains("4"))
    #expect(throws: CheckpointError.self) { try p[3].tensor("weight", [1]) }
    #expect(checkpoint.unread == ["blocks.3.weight", "blocks.4.weight"])

    #expect(checkpoint.leftOver(ignoring: ["3.weight"]) == ["blocks.4.weight"])
    #expect(checkpoint.leftOver(ignoring: ["3.weight", ".4.weight"]).isEmpty)
    #expect(checkpoint.leftOver(ignoring: ["blocks."]).allSatisfy { !$0.hasPrefix("blocks.") })
  }

  @Test func readsWhatTheWriterWrote() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("weights.safetensors")
    let values = (0..<12).map { Float($0) / 8 - 0.5 }
    let tensor = Tensor(values, [3, 4], on: device)
    var writer = SafetensorsWriter()
    writer.add("single", tensor)
    writer.add("half", tensor.cast(to: .float16))
    writer.add("row", tensor.samples(1..<2))
    try writer.write(to: url)

    let checkpoint = try Checkpoint(url)
    #expect(checkpoint.elementType(of: "half") == .float16)
    let p = Parameters(checkpoint, device: device)
    #expect(try p.tensor("single", [3, 4]).floats() == values)
    #expect(try p.tensor("half", [3, 4]).floats() == values)
    #expect(try p.tensor("row", [1, 4]).floats() == Array(values[4..<8]))
  }
}
