import DiffusionModels
import Tensors
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
          f.map("\(size).sample"), timestep: timestep, conditions(of: f))
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
        conditions(of: f, features: f.maps("\(size).feature")))
      expectClose(y, f.map("\(size).adapted"), within: .float32)
    }
  }

  @Test(arguments: networks, Device.backendsUnderTest)
  func repeatsFeaturesOfOneSampleForTheBatch(network: String, device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: device)
    func predict(_ features: [Tensor]) -> Tensor {
      f.model(
        f.map("odd.sample"), timestep: 500, conditions(of: f, features: features))
    }
    let single = f.maps("odd.feature").map { $0.samples(0..<1) }
    let repeated = single.map { Tensor.stack(samples: [$0, $0]) }
    expectClose(predict(single), predict(repeated), within: .exact)
  }

  /// What a UNet is told in a fixture, with an adapter's features in their places.
  private func conditions(
    of f: ModelFixture<UNet2DConditionModel>, features: [Tensor] = []
  ) -> UNetConditions {
    var conditions = UNetConditions(
      f.model.project(encoderHiddenStates: f["prompt"]), added: addedConditions(of: f))
    conditions.residuals = UNetResiduals(
      features, ofLevels: f.model.configuration.blockOutChannels.count)
    return conditions
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

/// A network for inpainting that a ControlNet and a T2I-Adapter steer.
@Suite struct UNetConditionsTests {
  private func predict(
    _ f: ModelFixture<UNet2DConditionModel>, _ change: (inout UNetConditions) -> Void
  ) -> Tensor {
    var conditions = UNetConditions(f.model.project(encoderHiddenStates: f["prompt"]))
    conditions.channels = f.map("channels")
    change(&conditions)
    return f.model(f.map("sample"), timestep: f["timestep"].floats()[0], conditions)
  }

  private func skips(_ f: ModelFixture<UNet2DConditionModel>) -> UNetResiduals {
    UNetResiduals(skips: f.maps("skip"), middle: f.map("middle"))
  }

  @Test(arguments: Device.backendsUnderTest)
  func takesChannelsAndResidualsAsDiffusers(device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>("unet_controlled", on: device)
    expectClose(predict(f) { _ in }, f.map("output.plain"), within: .float32)
    expectClose(
      predict(f) { $0.residuals = skips(f) }, f.map("output.skips"), within: .float32)
    let both = predict(f) {
      $0.residuals.add(UNetResiduals(f.maps("feature"), ofLevels: 4))
      $0.residuals.add(skips(f))
    }
    expectClose(both, f.map("output.both"), within: .float32)
  }

  @Test func repeatsChannelsForAllHalvesOfABatch() throws {
    let f = try ModelFixture<UNet2DConditionModel>("unet_controlled")
    let single = f.map("channels").samples(0..<1)
    expectClose(
      predict(f) { $0.channels = single },
      predict(f) { $0.channels = .stack(samples: [single, single]) }, within: .exact)
  }

  @Test func residualsOfSeveralNetworksAddUpPlaceByPlace() {
    func tensor(_ value: Float) -> Tensor {
      Tensor(repeating: value, [1, 1, 1, 1], on: .sharedCPU)
    }
    var residuals = UNetResiduals(levels: [tensor(1)], middle: tensor(5))
    residuals.add(UNetResiduals(levels: [tensor(2), tensor(3)]))
    residuals.add(UNetResiduals(skips: [tensor(7)], middle: tensor(4)))
    #expect(residuals.levels.map { $0.floats() } == [[3], [3]])
    #expect(residuals.skips.map { $0.floats() } == [[7]])
    #expect(residuals.middle?.floats() == [9])
  }
}

/// Looks inside a network, compared with what diffusers' own modules pass on.
@Suite struct UNetProbeTests {
  private static let places: [(name: String, place: UNetProbe.Place, blocks: Int)] = [
    ("down.0", .down(0), 3), ("down.1", .down(1), 3), ("middle", .middle, 2),
    ("up.0", .up(0), 4), ("up.1", .up(1), 4),
  ]

  @Test(arguments: Device.backendsUnderTest)
  func seesWhatDiffusersPassesOn(device: Device) throws {
    let f = try ModelFixture<UNet2DConditionModel>("unet_watched", on: device)
    var sights: [(name: String, sight: UNetProbe.Sight)] = []
    for (name, place, blocks) in Self.places {
      sights.append(("\(name).features", .features(place)))
      for block in 0..<blocks {
        sights.append(("\(name).self.\(block)", .selfAttention(place, block: block)))
        sights.append(("\(name).cross.\(block)", .crossAttention(place, block: block)))
      }
    }
    let probe = UNetProbe(sights.map(\.sight))
    let output = f.model(
      f.map("sample"),
      timeFeatures: f.model.timeFeatures([500, 500], on: device),
      UNetConditions(f.model.project(encoderHiddenStates: f["prompt"])), probe: probe)
    expectClose(output, f.map("output"), within: .float32)
    for (seen, (name, _)) in zip(probe.tensors, sights) {
      let expected = name.hasSuffix("features") ? f.map(name) : f[name]
      expectClose(seen, expected, within: .float32)
    }
  }

  @Test func trapsForWhatIsNotThere() async {
    await #expect(processExitsWith: .failure) {
      let f = try ModelFixture<UNet2DConditionModel>("unet_watched")
      let probe = UNetProbe([.crossAttention(.down(7), block: 0)])
      _ = f.model(
        f.map("sample"), timeFeatures: f.model.timeFeatures([500, 500], on: .sharedCPU),
        UNetConditions(f.model.project(encoderHiddenStates: f["prompt"])), probe: probe)
      _ = probe.tensors
    }
  }
}
