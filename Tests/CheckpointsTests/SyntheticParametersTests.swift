import CPUBackend
import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SyntheticParametersTests {
  private let device = Device.cpu(threads: 1)

  @Test func followsItsDefinition() throws {
    let expected = try Checkpoint(Fixtures.url("synthetic.safetensors"))
    let name = try #require(expected.names.first)
    let values = try expected.tensor(named: name, on: device).floats()
    let p = Parameters(SyntheticParameters(seed: 1), device: device)
    let made = try p.tensor(name, [3, 2, 3, 3]).floats()
    for (a, b) in zip(made, values) { #expect(abs(a - b) <= 2 * b.ulp, "\(a) is not \(b)") }
  }

  @Test func dependsOnSeedAndNameAlone() throws {
    let p = Parameters(SyntheticParameters(seed: 5), device: device)
    let first = try p.a.tensor("weight", [8, 8]).floats()
    let second = try p.b.tensor("weight", [8, 8]).floats()
    #expect(first != second)

    let again = Parameters(SyntheticParameters(seed: 5), device: device)
    #expect(try again.b.tensor("weight", [8, 8]).floats() == second)
    #expect(try again.a.tensor("weight", [8, 8]).floats() == first)

    let other = Parameters(SyntheticParameters(seed: 6), device: device)
    #expect(try other.a.tensor("weight", [8, 8]).floats() != first)
  }

  @Test func keepsTheSizeOfWhatPassesThrough() throws {
    let p = Parameters(SyntheticParameters(), device: device)
    let window = try p.conv.tensor("weight", [64, 32, 3, 3]).floats()
    let count = Float(window.count)
    let mean = window.reduce(0, +) / count
    let variance = window.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let expected: Float = 1 / (32 * 9)
    // Five standard errors of a sample's mean and variance.
    #expect(abs(mean) < 5 * (expected / count).squareRoot())
    #expect(abs(variance / expected - 1) < 5 * (2 / count).squareRoot())
    #expect(try p.norm.tensor("weight", [7]).floats() == [Float](repeating: 1, count: 7))
    #expect(try p.norm.tensor("bias", [7]).floats() == [Float](repeating: 0, count: 7))
  }

  @Test func leavesOutWhatIsOptional() throws {
    let source = SyntheticParameters()
    let p = Parameters(source, device: device)
    #expect(!p.contains("text_model"))
    #expect(try p.optional("bias", [3]) == nil)
    #expect(source.requested.isEmpty)
  }

  @Test func writesExactlyWhatAModelReads() throws {
    let source = SyntheticParameters(seed: 3)
    // A device without memory asks for everything and holds nothing.
    let p = Parameters(source, device: .meta)
    _ = try p.conv.tensor("weight", [4, 2, 3, 3])
    _ = try p.conv.tensor("bias", [4])
    _ = try p.norm.tensor("weight", [4])
    #expect(
      source.requested == ["conv.weight": [4, 2, 3, 3], "conv.bias": [4], "norm.weight": [4]])

    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("weights.safetensors")
    try source.write(to: url, metadata: ["format": "pt"])
    let checkpoint = try Checkpoint(url)
    #expect(checkpoint.names == ["conv.bias", "conv.weight", "norm.weight"])
    #expect(checkpoint.metadata == ["format": "pt"])
    for (name, shape) in source.requested {
      let written = try checkpoint.tensor(named: name, shape, on: device).floats()
      #expect(try written == source.tensor(named: name, shape, on: device).floats())
    }
  }
}
