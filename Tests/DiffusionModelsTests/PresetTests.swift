import DiffusionModels
import TestSupport
import Testing

@Suite struct PresetTests {
  @Test func presetsArePublishedConfigurations() throws {
    try expectPublished(UNetConfiguration.sd15, "unet.sd15")
    try expectPublished(UNetConfiguration.gligen, "unet.gligen")
    try expectPublished(UNetConfiguration.sd21, "unet.sd21")
    try expectPublished(UNetConfiguration.sdxl, "unet.sdxl")
    try expectPublished(AutoencoderKLConfiguration.sd, "vae.sd")
    try expectPublished(AutoencoderKLConfiguration.sdxl, "vae.sdxl")
    try expectPublished(ControlNetConfiguration.sd15, "controlnet.sd15")
    try expectPublished(ControlNetConfiguration.sd21, "controlnet.sd21")
    try expectPublished(ControlNetConfiguration.sdxl, "controlnet.sdxl")
    try expectPublished(T2IAdapterConfiguration.sd15, "adapter.sd15")
    try expectPublished(T2IAdapterConfiguration.sdxl, "adapter.sdxl")
    try expectPublished(T2IAdapterConfiguration.sd14Light, "adapter.sd14Light")
  }
}
