import KnownModels
import Testing

@Suite struct ModelFamilyTests {
  @Test(arguments: [
    ("ControlNetUnionModel", "steers a UNet"), ("FluxControlNetModel", "steers a transformer"),
    ("SD3Transformer2DModel", "Stable Diffusion 3"), ("FluxTransformer2DModel", "Flux"),
    ("FluxPipeline", "as Flux"), ("StableDiffusion3Pipeline", "as Stable Diffusion 3"),
    ("StableDiffusionXLInpaintPipeline", "part of an image"),
    ("StableDiffusionInpaintPipeline", "part of an image"),
    ("SiglipModel", "compares images"),
    ("BlipForQuestionAnswering", "as BLIP"), ("Blip2ForImageTextRetrieval", "as BLIP-2"),
    ("UperNetForSemanticSegmentation", "class of every pixel"), ("mask2former", "instances"),
    ("AutoencoderTiny", "previews"), ("AutoencoderKLFlux2", "latents"), ("t5", "T5"),
  ])
  func saysWhatAModelIs(className: String, words: String) {
    #expect(ModelFamily.purpose(of: className)?.contains(words) == true)
  }

  @Test(arguments: ["", "unknown", "Autoencode", "ControlNet", "AnArchitectureOfTomorrow"])
  func saysNothingOfOthers(className: String) {
    #expect(ModelFamily.purpose(of: className) == nil)
  }

  @Test func hasNoNameOfAModelThatIsRun() {
    #expect(ModelCatalogue.models.keys.allSatisfy { ModelFamily.purpose(of: $0) == nil })
  }

  @Test func tellsFilesApartByTheirTensors() {
    func contents(_ names: String...) -> String? {
      WeightsFamily.contents(ofTensorsNamed: names)
    }
    #expect(contents("lora_unet_down_blocks_0.lora_down.weight")?.contains("LoRA") == true)
    #expect(contents("controlnet_cond_embedding.conv_in.weight") == "a ControlNetModel")
    #expect(contents("ip_adapter.1.to_k_ip.weight")?.contains("IP-Adapter") == true)
    #expect(contents("vision_model.embeddings.class_embedding") == "a CLIPVisionModel")
    #expect(
      contents("encoder.conv_in.weight", "decoder.conv_in.weight", "decoder.conv_out.weight")
        == "an AutoencoderKL")
    #expect(contents("encoder.conv_in.weight") == nil)
  }
}
