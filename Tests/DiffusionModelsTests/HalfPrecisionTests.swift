import DiffusionModels
import Tensors
import TestSupport
import Testing

/// Networks on a graphics device with operands of half precision.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct HalfPrecisionTests {
  static let precisions = [ProductPrecision.float16, .bfloat16]

  private func tolerance(_ precision: ProductPrecision) -> Tolerance {
    precision == .float16 ? .float16Model : .bfloat16Model
  }

  @Test(arguments: ["unet_sd15", "unet_sd2"], precisions)
  func predictsAsDiffusers(network: String, precision: ProductPrecision) throws {
    let device = try #require(Device.sharedVulkan)
    let f = try ModelFixture<UNet2DConditionModel>(network, on: device, precision: precision)
    let y = f.model(
      f.map("even.sample"), timestep: f["timesteps"].floats()[0],
      UNetConditions(f.model.project(encoderHiddenStates: f["prompt"])))
    expectClose(y, f.map("even.output.0"), within: tolerance(precision))
  }

  @Test(arguments: ["vae_sd", "vae_plain"], precisions)
  func decodesAsDiffusers(network: String, precision: ProductPrecision) throws {
    let device = try #require(Device.sharedVulkan)
    let f = try ModelFixture<AutoencoderKL>(network, on: device, precision: precision)
    expectClose(
      f.model.decode(f.map("latents")), f.map("decoded"), within: tolerance(precision))
  }

  /// The residual stream of a published autoencoder goes beyond fp16's largest number; it is stored in
  /// single precision, and where a product reads it, its operands end at that number.
  @Test(arguments: precisions)
  func largeActivationsStayFinite(precision: ProductPrecision) throws {
    let device = try #require(Device.sharedVulkan)
    let half = try ModelFixture<AutoencoderKL>("vae_sd", on: device, precision: precision)
    let single = try ModelFixture<AutoencoderKL>("vae_sd", on: device)
    let latents = 1e7 * half.map("latents")
    let (found, expected) = (half.model.decode(latents), single.model.decode(latents))
    #expect(found.floats().allSatisfy { $0.isFinite })
    // No grey image: it has the contrast of the true one.
    #expect(deviation(found) > 0.5 * deviation(expected))
    if precision == .bfloat16 {
      expectClose(found, expected.floats(), within: .bfloat16Model)
    }
  }

  private func deviation(_ x: Tensor) -> Float {
    let values = x.floats()
    let mean = values.reduce(0, +) / Float(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
  }
}
