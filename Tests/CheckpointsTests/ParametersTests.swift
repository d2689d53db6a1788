import CPUBackend
import Checkpoints
import Foundation
import Tensors
import Testing

@Suite struct ParametersTests {
  private let device = Device.cpu(threads: 1)

  /// Parameters with one number each.
  private func source(_ names: String...) -> DictionaryParameters {
    var tensors: [String: Tensor] = [:]
    for (i, name) in names.enumerated() { tensors[name] = Tensor([Float(i)], [1], on: device) }
    return DictionaryParameters(tensors)
  }

  @Test func spellsThePathsOfAFile() throws {
    let p = Parameters(
      source("down_blocks.0.resnets.1.conv1.weight", "model0.1.bias", "scale"), device: device)
    #expect(
      try p.down_blocks[0].resnets[1].conv1.tensor("weight", [1]).floats() == [0])
    #expect(try p["model0.1"].tensor("bias", [1]).floats() == [1])
    #expect(try p.tensor("scale", [1]).floats() == [2])
  }

  /// A member of `Parameters` itself must not stand in the way of a name in a file.
  @Test func reachesNamesThatItsOwnMembersHave() throws {
    let p = Parameters(
      source(
        "source.w", "device.w", "precision.w", "path.w", "shape.w", "tensor.w", "optional.w",
        "contains.w"), device: device)
    #expect(try p.source.tensor("w", [1]).floats() == [0])
    #expect(try p.device.tensor("w", [1]).floats() == [1])
    #expect(try p.precision.tensor("w", [1]).floats() == [2])
    #expect(try p.path.tensor("w", [1]).floats() == [3])
    #expect(try p["shape"].tensor("w", [1]).floats() == [4])
    #expect(try p["tensor"].tensor("w", [1]).floats() == [5])
    #expect(try p["optional"].tensor("w", [1]).floats() == [6])
    #expect(try p["contains"].tensor("w", [1]).floats() == [7])
  }

  /// Where products are to be of integers, those of places that say nothing are not.
  @Test func quantisesWhereItIsAllowed() {
    func precision(_ asked: ProductPrecision, _ place: (Parameters) -> Parameters)
      -> ProductPrecision
    {
      place(Parameters(source(), device: device, precision: asked))
        .pack(Tensor(repeating: 1, [4, 4], on: device)).precision
    }
    for integers in [ProductPrecision.int8, .int16] {
      let instead = device.backend.precision(beside: integers)
      #expect(!instead.isInteger)
      #expect(precision(integers) { $0.conv_in } == instead)
      #expect(precision(integers) { $0.quantised.blocks[0] } == integers)
      #expect(precision(integers) { $0.quantised.blocks[0].unquantised.time } == instead)
    }
    for other in [ProductPrecision.float32, .bfloat16] {
      #expect(precision(other) { $0.quantised.blocks } == other)
      #expect(precision(other) { $0.unquantised } == other)
    }
  }

  @Test func containsTensorsAndPlacesAboveThem() {
    let p = Parameters(source("text_model.embeddings.weight", "to_q.bias"), device: device)
    #expect(p.contains("text_model"))
    #expect(p.text_model.contains("embeddings"))
    #expect(p.text_model.embeddings.contains("weight"))
    #expect(p.to_q.contains("bias"))
    #expect(!p.contains("text"))
    #expect(!p.contains("to_q.bias.weight"))
    #expect(!p.to_q.contains("weight"))
  }

  @Test func takesAnAbsentTensorForNormalWhereItMayBe() throws {
    let p = Parameters(source("to_q.bias"), device: device).to_q
    #expect(try p.optional("weight", [1]) == nil)
    #expect(try p.optional("bias", [1])?.floats() == [0])
    #expect(throws: CheckpointError.self) { try p.optional("bias", [2]) }
  }

  @Test func tellsAShapeWithoutReading() throws {
    let source = source("to_q.bias")
    #expect(try Parameters(source, device: device).to_q.shape(of: "bias") == [1])
    #expect(source.unread == ["to_q.bias"])
    #expect(throws: CheckpointError.self) { try Parameters(source, device: device).shape(of: "x") }
  }

  @Test func remembersWhatWasReadFromMemory() throws {
    let source = source("a", "b")
    _ = try Parameters(source, device: device).tensor("a", [1])
    #expect(source.unread == ["b"])
  }

  @Test func movesTensorsToAnotherDevice() throws {
    let other = Device.cpu(threads: 1)
    let tensor = try Parameters(source("a", "b"), device: other).tensor("b", [1])
    #expect(tensor.device == other)
    #expect(tensor.floats() == [1])
  }
}
