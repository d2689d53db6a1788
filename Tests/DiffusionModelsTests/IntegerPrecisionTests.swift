import DiffusionModels
import Tensors
import TestSupport
import Testing

/// Networks whose blocks multiply integers. Those of the fixtures have few channels, where the roundings
/// of a sum cancel least.
@Suite struct IntegerPrecisionTests {
  private static let precisions = [ProductPrecision.int8, .int16]

  @Test(arguments: ["unet_sd15", "unet_sd2"], precisions)
  func predictsNearlyAsDiffusers(network: String, in precision: ProductPrecision) throws {
    let f = try ModelFixture<UNet2DConditionModel>(network, on: .sharedCPU, precision: precision)
    #expect(f.model.precision == precision)
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

  @Test(arguments: ["vae_sd", "vae_plain"], precisions)
  func decodesNearlyAsDiffusers(network: String, in precision: ProductPrecision) throws {
    let f = try ModelFixture<AutoencoderKL>(network, on: .sharedCPU, precision: precision)
    expectClose(
      f.model.decode(f.map("latents")).floats(), f.map("decoded").floats(), within: .bfloat16Model)
  }
}
