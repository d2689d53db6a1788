import Checkpoints
import DiffusionModels
import Foundation
import TensorCore
import TestSupport
import Testing

/// The published networks at full size, without their weights.
@Suite struct ModelGeometryTests {
  @Test(arguments: ["unet.sd15", "unet.sd21", "unet.sdxl"])
  func theUNetReadsWhatDiffusersWrites(network: String) throws {
    try expectSameTensors(UNet2DConditionModel.self, network)
  }

  @Test(arguments: ["vae.sd", "vae.sdxl"])
  func theAutoencoderReadsWhatDiffusersWrites(network: String) throws {
    try expectSameTensors(AutoencoderKL.self, network)
  }

  @Test(arguments: ["clip.vitL", "clip.openCLIPH", "clip.bigG"])
  func theTextEncoderReadsWhatTransformersWrites(network: String) throws {
    try expectSameTensors(CLIPTextModel.self, network)
  }

  @Test(arguments: ["adapter.sd15", "adapter.sdxl", "adapter.sd14Light"])
  func theAdapterReadsWhatDiffusersWrites(network: String) throws {
    try expectSameTensors(T2IAdapter.self, network)
  }

  @Test func theLineArtDetectorReadsTheOriginal() throws {
    try expectSameTensors(LineArtDetector.self, "lineart")
  }

  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(UNetConfiguration.sd15, "unet.sd15")
    try expectPublished(UNetConfiguration.sd21, "unet.sd21")
    try expectPublished(UNetConfiguration.sdxl, "unet.sdxl")
    try expectPublished(AutoencoderKLConfiguration.sd, "vae.sd")
    try expectPublished(AutoencoderKLConfiguration.sdxl, "vae.sdxl")
    try expectPublished(CLIPTextConfiguration.vitL, "clip.vitL")
    try expectPublished(CLIPTextConfiguration.openCLIPH, "clip.openCLIPH")
    try expectPublished(CLIPTextConfiguration.bigG, "clip.bigG")
    try expectPublished(T2IAdapterConfiguration.sd15, "adapter.sd15")
    try expectPublished(T2IAdapterConfiguration.sdxl, "adapter.sdxl")
    try expectPublished(T2IAdapterConfiguration.sd14Light, "adapter.sd14Light")
    try expectPublished(LineArtConfiguration(), "lineart")
  }

  private func expectSameTensors<Model: PretrainedModel>(
    _ type: Model.Type, _ network: String
  ) throws {
    let geometry = try Geometry(network)
    let source = SyntheticParameters()
    _ = try Model(
      Parameters(source, device: .meta),
      Model.Configuration(json: geometry.config, location: network))
    let requested = source.requested
    #expect(requested.count == geometry.tensors)
    #expect(requested.values.reduce(0) { $0 + $1.count } == geometry.parameters)
    let lines = requested.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
    #expect(Geometry.digest(lines.joined()) == geometry.digest)
  }

  private func expectPublished<Configuration: ModelConfiguration & Equatable>(
    _ preset: Configuration, _ network: String
  ) throws {
    let published = try Configuration(json: Geometry(network).config, location: network)
    #expect(preset == published)
    #expect(try Configuration(json: preset.json(), location: network) == preset)
  }
}

/// What `Tests/Fixtures/models/geometry.json` says about a network.
private struct Geometry {
  /// The published `config.json`.
  let config: Data
  let tensors, parameters: Int
  /// FNV-1a over the lines `name [shape]`, sorted by name.
  let digest: String

  init(_ network: String) throws {
    let file = try Data(contentsOf: Fixture.url("models/geometry.json"))
    let networks = try #require(
      try JSONSerialization.jsonObject(with: file) as? [String: [String: Any]])
    let entry = try #require(networks[network])
    config = try JSONSerialization.data(withJSONObject: try #require(entry["config"]))
    tensors = try #require(entry["tensors"] as? Int)
    parameters = try #require(entry["parameters"] as? Int)
    digest = try #require(entry["digest"] as? String)
  }

  static func digest(_ text: String) -> String {
    let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { value, byte in
      (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
