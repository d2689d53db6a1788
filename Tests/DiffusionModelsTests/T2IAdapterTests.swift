import DiffusionModels
import Tensors
import TestSupport
import Testing

@Suite struct T2IAdapterTests {
  /// Each on an image whose maps have odd sizes.
  @Test(arguments: ["adapter_full", "adapter_full_xl", "adapter_light"], Device.backendsUnderTest)
  func findsFeaturesAsDiffusers(network: String, device: Device) throws {
    let f = try ModelFixture<T2IAdapter>(network, on: device)
    let features = f.model(f.map("image"))
    let expected = f.maps("feature")
    #expect(features.count == expected.count && expected.count == 4)
    for (found, expected) in zip(features, expected) {
      expectClose(found, expected, within: .float32)
    }
  }

  @Test(arguments: ["adapter_full", "adapter_full_xl", "adapter_light"], Device.backendsUnderTest)
  func describesItsFeatures(network: String, device: Device) throws {
    let f = try ModelFixture<T2IAdapter>(network, on: device)
    let configuration = f.model.configuration
    let side = 2 * configuration.totalDownscaleFactor
    let image = Tensor(repeating: 0.5, [1, side, side, configuration.inChannels], on: device)
    let shapes = f.model(image).map(\.shape)
    #expect(
      shapes
        == configuration.features.map { [1, side / $0.scale, side / $0.scale, $0.channels] })
  }

  @Test func fitsTheNetworkItWasMadeFor() {
    #expect(UNetConfiguration.sd15.takes(.sd15, latentScale: 8))
    #expect(UNetConfiguration.sd15.takes(.sd14Light, latentScale: 8))
    #expect(UNetConfiguration.sd21.takes(.sd15, latentScale: 8))
    #expect(UNetConfiguration.sdxl.takes(.sdxl, latentScale: 8))
    #expect(!UNetConfiguration.sdxl.takes(.sd15, latentScale: 8))
    #expect(!UNetConfiguration.sd15.takes(.sdxl, latentScale: 8))
  }
}
