import Checkpoints
import Foundation
import KnownModels
import NeuralLayers
import Tensors
import TestSupport
import Testing

/// The published networks at full size, without their weights.
@Suite struct ModelGeometryTests {
  @Test(arguments: ModelGeometry.networks)
  func readsTheTensorsOfTheOriginal(network: String) throws {
    let config = try ModelGeometry.config(of: network)
    let model = try #require(ModelCatalogue.models[Self.className(in: config)])
    try expectSameTensors(model, config, network)
  }

  @Test func everyModelHasAPublishedNetwork() throws {
    let published = try ModelGeometry.networks.map {
      try #require(ModelCatalogue.models[Self.className(in: ModelGeometry.config(of: $0))])
    }
    let without = ModelCatalogue.models.filter { model in
      !published.contains { $0 == model.value }
    }
    #expect(without.isEmpty, "give them a network in tools/fixtures/geometry.py")
  }

  @Test(arguments: ModelGeometry.networks)
  func theFuzzerBeginsWithThePublishedConfigurations(network: String) throws {
    let input = try Data(contentsOf: Fixture.url("../../Fuzzing/Corpus/\(network).json"))
    let found = try JSONDecoder().decode(JSONValue.self, from: input)
    let config = try ModelGeometry.config(of: network)
    #expect(try found == JSONDecoder().decode(JSONValue.self, from: config))
  }

  private static func className(in config: Data) throws -> String {
    try #require(JSONDecoder().decode(ModelClass.self, from: config).name)
  }

  private func expectSameTensors<Model: PretrainedModel>(
    _ type: Model.Type, _ config: Data, _ network: String
  ) throws {
    let geometry = try ModelGeometry(network)
    let source = SyntheticParameters()
    _ = try Model(
      Parameters(source, device: .meta), Model.Configuration(json: config, location: network))
    let requested = source.requested
    #expect(requested.count == geometry.tensors)
    #expect(requested.values.reduce(0) { $0 + $1.count } == geometry.parameters)
    let lines = requested.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
    #expect(digest(lines.joined()) == geometry.digest)
  }

  private func digest(_ text: String) -> String {
    let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { value, byte in
      (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
