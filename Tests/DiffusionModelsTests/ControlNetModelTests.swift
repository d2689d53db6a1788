import Checkpoints
import DiffusionModels
import Foundation
import NeuralLayers
import Tensors
import TestSupport
import Testing

@Suite struct ControlNetModelTests {
  private static let networks = ["controlnet_sd15", "controlnet_sdxl", "controlnet_pooled"]

  private func residuals(
    _ f: ModelFixture<ControlNetModel>, _ scales: ControlNetScales
  ) throws -> UNetResiduals {
    let time = f["timestep"].floats()[0]
    return f.model(
      f.map("sample"), timeFeatures: f.model.timeFeatures([time, time], on: f.fixture.device),
      hint: f.model.embed(f.map("image")),
      context: f.model.project(encoderHiddenStates: f["prompt"]),
      added: f.model.configuration.encoder.additionEmbedType.map { _ in
        let ids = f["time_ids"]
        return AddedConditions(
          textEmbeddings: f["text_embeds"],
          timeIDs: (0..<ids.shape[0]).map { ids.samples($0..<$0 + 1).floats() })
      }, scales: scales)
  }

  /// Latents of odd sizes; where the network pools, diffusers leaves the spreading to the sum.
  @Test(arguments: networks, Device.backendsUnderTest)
  func findsResidualsAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<ControlNetModel>(network, on: device)
    for (label, isGrowing) in [("plain", false), ("guessing", true)] {
      let found = try residuals(f, ControlNetScales(scale: 0.7, growing: isGrowing))
      let expected = f.maps("\(label).skip") + [f.map("\(label).middle")]
      let maps = found.skips + [try #require(found.middle)]
      #expect(maps.count == expected.count)
      for (found, expected) in zip(maps, expected) {
        let size = MapSize(height: found.shape[1], width: found.shape[2])
        expectClose(found, expected.resize(to: size, .nearest), within: .float32)
      }
    }
  }

  @Test(arguments: networks)
  func describesItsResiduals(network: String) throws {
    let f = try ModelFixture<ControlNetModel>(network)
    let configuration = f.model.configuration
    let found = try residuals(f, ControlNetScales())
    let size = f.map("sample").shape
    let sites = configuration.encoder.controlNetSites(latentScale: 1)
    let shapes = (found.skips + [try #require(found.middle)]).map(\.shape)
    #expect(
      shapes
        == sites.map { site in
          let side = { (size[$0] + site.scale - 1) / site.scale }
          return [2, side(1), side(2), site.channels]
        })
    #expect(configuration.downscaleFactor == 8)
  }

  @Test func fitsTheNetworkItWasMadeFor() {
    let sd15 = UNetConfiguration.sd15.controlNetSites(latentScale: 8)
    #expect(sd15.count == 13)
    #expect(ControlNetConfiguration.sd15.encoder.controlNetSites(latentScale: 8) == sd15)
    #expect(ControlNetConfiguration.sdxl.encoder.controlNetSites(latentScale: 8).count == 10)
  }

  /// Of any size; without the tensor there is none.
  @Test func readsWhatStandsForNoControlImage() throws {
    let f = try ModelFixture<ControlNetModel>("controlnet_sd15")
    #expect(f.model.dropOutEmbedding == nil)
    let folder = try TemporaryFolder()
    try f.write(to: folder.url, adding: ["drop_out_embedding": [16, 24, 3]])
    let model = try ControlNetModel(folder: ModelFolder(folder.url), device: .sharedCPU)
    #expect(model.dropOutEmbedding?.shape == [16, 24, 3])
  }

  @Test(arguments: [[16, 24, 4], [16, 24]])
  func refusesAnotherNetworksImage(shape: [Int]) throws {
    let f = try ModelFixture<ControlNetModel>("controlnet_sd15")
    let folder = try TemporaryFolder()
    try f.write(to: folder.url, adding: ["drop_out_embedding": Shape(shape)])
    #expect(throws: CheckpointError.self) {
      try ControlNetModel(folder: ModelFolder(folder.url), device: .sharedCPU)
    }
  }

  @Test(arguments: [
    (#"{"block_out_channels": [4, 8]}"#, "block_out_channels and down_block_types"),
    (#"{"conditioning_embedding_out_channels": []}"#, "conditioning_embedding_out_channels"),
    (#"{"class_embed_type": "timestep"}"#, "class_embed_type"),
    (#"{"addition_embed_type": "text"}"#, "addition_embed_type"),
    (#"{"encoder_hid_dim": 12}"#, "encoder_hid_dim"),
    (#"{"controlnet_conditioning_channel_order": "grb"}"#, "rgb"),
    (#"{"mid_block_type": "UNetMidBlock2DSimpleCrossAttn"}"#, "mid_block_type"),
    (#"{"out_channels": 4}"#, "out_channels"),
  ])
  func refusesWhatItCannotFollow(json: String, words: String) throws {
    let error = try #require(throws: CheckpointError.self) {
      try ControlNetConfiguration(json: Data(json.utf8), location: "config.json")
    }
    #expect("\(error)".contains(words))
  }
}
