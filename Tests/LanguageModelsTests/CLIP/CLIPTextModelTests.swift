import Checkpoints
import LanguageModels
import NeuralLayers
import Tensors
import TestSupport
import Testing

@Suite struct CLIPTextModelTests {
  /// Old and new rule for the end of text, with and without `text_model.`, both activations, with and
  /// without a projection.
  static let networks = ["clip_vit_l", "clip_h", "clip_bigg", "clip_bigg_plain"]

  @Test(arguments: networks, Device.backendsUnderTest)
  func encodesAsTransformers(network: String, device: Device) throws {
    let f = try ModelFixture<CLIPTextModel>(network, on: device)
    let output = f.model(tokens(of: f))
    #expect(output.hiddenStates.count == f.model.configuration.numHiddenLayers + 1)
    for (i, state) in output.hiddenStates.enumerated() {
      expectClose(state, f["hidden.\(i)"], within: .float32)
    }
    expectClose(output.lastHiddenState, f["last"], within: .float32)
  }

  @Test(arguments: ["clip_vit_l", "clip_h"], Device.backendsUnderTest)
  func poolsAsTransformers(network: String, device: Device) throws {
    let f = try ModelFixture<CLIPTextModel>(network, on: device)
    let output = f.model(tokens(of: f))
    expectClose(output.pooledOutput, f["pooled"], within: .float32)
    #expect(output.textEmbeddings == nil)
  }

  @Test(arguments: ["clip_bigg", "clip_bigg_plain"], Device.backendsUnderTest)
  func projectsAsTransformers(network: String, device: Device) throws {
    let f = try ModelFixture<CLIPTextModel>(network, on: device)
    let projected = try #require(f.model(tokens(of: f)).textEmbeddings)
    expectClose(projected, f["projected"], within: .float32)
  }

  @Test func encodesPromptsShorterThanTheLongest() throws {
    let f = try ModelFixture<CLIPTextModel>("clip_h")
    let whole = f.model(tokens(of: f)).lastHiddenState
    let short = f.model([Array(tokens(of: f)[1].prefix(7))]).lastHiddenState
    // Causal attention: what comes later changes nothing.
    expectClose(
      short, whole.samples(1..<2).reshaped([12, 32]).samples(0..<7).reshaped([1, 7, 32]))
  }

  @Test func leavesConstantPositionsUnread() throws {
    let f = try ModelFixture<CLIPTextModel>("clip_vit_l")
    let folder = try TemporaryFolder()
    try f.write(to: folder.url, adding: ["text_model.embeddings.position_ids": [1, 12]])
    #expect(throws: Never.self) {
      try CLIPTextModel(folder: ModelFolder(folder.url), device: .sharedCPU)
    }
  }

  private func tokens(of f: ModelFixture<CLIPTextModel>) -> [[Int]] {
    let ids = f["tokens"]
    return (0..<ids.shape[0]).map { ids.samples($0..<$0 + 1).floats().map { Int($0) } }
  }
}
