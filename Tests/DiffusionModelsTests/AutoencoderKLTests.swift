import DiffusionModels
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct AutoencoderKLTests {
  static let networks = ["vae_sd", "vae_old_names", "vae_plain"]

  @Test(arguments: networks, Device.backendsUnderTest)
  func decodesAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<AutoencoderKL>(network, on: device)
    expectClose(f.model.decode(f.map("latents")), f.map("decoded"), within: .float32)
  }

  @Test(arguments: networks, Device.backendsUnderTest)
  func encodesAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<AutoencoderKL>(network, on: device)
    let posterior = f.model.encode(f.map("image"))
    expectClose(posterior.mean, f.map("mean"), within: .float32)
    expectClose(posterior.logVariance, f.map("logvar"), within: .float32)
  }

  @Test(arguments: networks, Device.backendsUnderTest)
  func tilesAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<AutoencoderKL>(network, on: device)
    for size in ["wide", "narrow"] {
      let decoded = f.model.decode(f.map("tiled.\(size).latents"), tiled: true)
      expectClose(decoded, f.map("tiled.\(size).decoded"), within: .float32)
      let posterior = f.model.encode(f.map("tiled.\(size).image"), tiled: true)
      expectClose(posterior.mean, f.map("tiled.\(size).mean"), within: .float32)
    }
  }

  @Test func doesNotTileWhatFitsOneTile() throws {
    let f = try ModelFixture<AutoencoderKL>("vae_sd")
    let latents = f.map("latents").cropped(rows: 0..<4, columns: 0..<4)
    expectClose(f.model.decode(latents, tiled: true), f.model.decode(latents), within: .exact)
  }

  @Test func scalesAndShiftsLatents() throws {
    let shifted = try ModelFixture<AutoencoderKL>("vae_plain")
    let x = shifted.map("latents")
    expectClose(shifted.model.scaled(x), x.floats().map { ($0 - 0.1) * 0.3 })
    expectClose(shifted.model.unscaled(x), x.floats().map { $0 / 0.3 + 0.1 })
    let plain = try ModelFixture<AutoencoderKL>("vae_sd")
    expectClose(plain.model.scaled(x), x.floats().map { $0 * 0.18215 })
    expectClose(plain.model.unscaled(plain.model.scaled(x)), x)
  }

  @Test func samplesThePosterior() throws {
    let f = try ModelFixture<AutoencoderKL>("vae_sd")
    let posterior = f.model.encode(f.map("image"))
    let noise = Tensor.normal(posterior.mean.shape, seed: 3, on: f.fixture.device)
    let sample = posterior.sample(noise: noise)
    let expected = zip(posterior.mean.floats(), zip(posterior.logVariance.floats(), noise.floats()))
      .map { mean, other in mean + exp(other.0 / 2) * other.1 }
    expectClose(sample, expected)
  }
}
