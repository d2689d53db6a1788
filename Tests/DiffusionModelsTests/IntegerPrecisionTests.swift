import DiffusionModels
import Tensors
import TestSupport
import Testing

/// Networks whose blocks multiply integers of eight bits. Those of the fixtures have few channels, where the roundings
/// of a sum cancel least.
@Suite struct IntegerPrecisionTests {
  @Test(arguments: ["unet_sd15", "unet_sd2"])
  func predictsNearlyAsDiffusers(network: String) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: .sharedCPU, precision: .int8)
    #expect(f.model.precision == .int8)
    let single = try ModelFixture<UNet2DConditionModel>(network, on: .sharedCPU)
    let sample = f.map("even.sample")
    func predict(_ model: UNet2DConditionModel) -> [Float] {
      model(
        sample, timestep: f["timesteps"].floats()[0],
        UNetConditions(model.project(encoderHiddenStates: f["prompt"]))
      ).floats()
    }
    let (found, exact) = (predict(f.model), predict(single.model))
    #expect(found != exact)
    expectClose(found, f.map("even.output.0").floats(), within: .bfloat16Model)
  }

  @Test(arguments: ["vae_sd", "vae_plain"])
  func decodesNearlyAsDiffusers(network: String) throws {
    let f = try ModelFixture<AutoencoderKL>(network, on: .sharedCPU, precision: .int8)
    expectClose(
      f.model.decode(f.map("latents")).floats(), f.map("decoded").floats(), within: .bfloat16Model)
  }
}
