import DiffusionModels
import TensorCore
import TestSupport
import Testing

@Suite struct UNet2DConditionModelTests {
  static let networks = ["unet_sd15", "unet_sd2", "unet_sdxl", "unet_nested_depth"]

  @Test(arguments: networks, Device.backendsUnderTest)
  func predictsAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: device)
    for size in ["even", "odd"] {
      for (i, timestep) in f["timesteps"].floats().enumerated() {
        let y = f.model(
          f.map("\(size).sample"), timestep: timestep, encoderHiddenStates: f["prompt"],
          addedConditions: addedConditions(of: f))
        expectClose(y, f.map("\(size).output.\(i)"), within: .float32)
      }
    }
  }

  @Test(arguments: networks, Device.backendsUnderTest)
  func addsAdapterFeaturesAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: device)
    for size in ["even", "odd"] {
      let y = f.model(
        f.map("\(size).sample"), timestep: f["timesteps"].floats()[1],
        encoderHiddenStates: f["prompt"], addedConditions: addedConditions(of: f),
        adapterFeatures: f.maps("\(size).feature"))
      expectClose(y, f.map("\(size).adapted"), within: .float32)
    }
  }

  @Test(arguments: networks, Device.backendsUnderTest)
  func repeatsFeaturesOfOneSampleForTheBatch(network: String, device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: device)
    func predict(_ features: [Tensor]) -> Tensor {
      f.model(
        f.map("odd.sample"), timestep: 500, encoderHiddenStates: f["prompt"],
        addedConditions: addedConditions(of: f), adapterFeatures: features)
    }
    let single = f.maps("odd.feature").map { $0.samples(0..<1) }
    let repeated = single.map { Tensor.stack(samples: [$0, $0]) }
    expectClose(predict(single), predict(repeated), within: .exact)
  }

  @Test func ignoresAFeatureThatDoesNotFitTheBottom() throws {
    let f = try ModelFixture<UNet2DConditionModel>("unet_sdxl")
    func predict(_ features: [Tensor]) -> Tensor {
      f.model(
        f.map("even.sample"), timestep: 500, encoderHiddenStates: f["prompt"],
        addedConditions: addedConditions(of: f), adapterFeatures: features)
    }
    let features = f.maps("even.feature")
    let large = Tensor(repeating: 1, [2, 16, 8, 12], on: f.fixture.device)
    expectClose(
      predict(features.dropLast() + [large]), predict(features.dropLast()), within: .exact)
  }

  private func addedConditions(
    of f: ModelFixture<UNet2DConditionModel>
  ) -> AddedConditions? {
    guard f.fixture.names.contains("time_ids") else { return nil }
    let ids = f["time_ids"]
    return AddedConditions(
      textEmbeddings: f["text_embeds"],
      timeIDs: (0..<ids.shape[0]).map { ids.samples($0..<$0 + 1).floats() })
  }
}
