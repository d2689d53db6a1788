import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

/// `spolvero inspect` on what `spolvero synthesize` wrote.
@Suite struct InspectCommandTests {
  @Test func saysWhetherTheWeightsFitTheConfiguration() throws {
    let folder = try TemporaryFolder()
    let model = folder.appending("model").path
    let made = try CommandLineTool.run("synthesize", "--architecture", "tiny", "-o", model)
    #expect(made.status == 0, "\(made.errors)")
    let whole = try CommandLineTool.run("inspect", model, "--json")
    #expect(whole.status == 0)
    #expect(whole.output.contains("UNet2DConditionModel"))

    let unet = folder.appending("model/unet/config.json")
    let text = try String(contentsOf: unet, encoding: .utf8)
      .replacingOccurrences(of: "\"in_channels\" : 4", with: "\"in_channels\" : 5")
    try folder.write(text, "model/unet/config.json")
    let wrong = try CommandLineTool.run("inspect", model)
    #expect(wrong.status == 65)
    #expect(wrong.output.contains("conv_in.weight"))
  }

  /// Models that are not run, and what the command says of them.
  @Test(arguments: [
    (#"{"_class_name": "ControlNetUnionModel"}"#, "ControlNetUnionModel, which steers a UNet"),
    (#"{"architectures": ["UperNetForSemanticSegmentation"]}"#, "class of every pixel"),
    (#"{"model_type": "siglip"}"#, "siglip, which compares images with words"),
    (#"{"_class_name": "ModelOfTomorrow"}"#, "ModelOfTomorrow\n"),
    ("{}", "unknown\n"),
  ])
  func namesModelsThatItDoesNotRun(config: String, words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(config, "config.json")
    let result = try CommandLineTool.run("inspect", folder.url.path)
    #expect(result.status == 65)
    #expect(result.output.contains(words), "\(result.output)")
    #expect(result.output.contains("not run by spolvero yet"))
  }

  @Test func namesPipelinesThatItDoesNotRun() throws {
    let folder = try TemporaryFolder()
    let index = """
      {"_class_name": "FluxPipeline", "transformer": ["diffusers", "FluxTransformer2DModel"]}
      """
    try folder.write(index, "model_index.json")
    let result = try CommandLineTool.run("inspect", folder.url.path)
    #expect(result.status == 65)
    #expect(result.output.contains("FluxPipeline, which paints as Flux"), "\(result.output)")
    #expect(result.output.contains("FluxTransformer2DModel, which denoises the latents of Flux"))
    // Nobody misses what only Stable Diffusion has.
    #expect(!result.output.contains("unet"))
    let json = try CommandLineTool.run("inspect", folder.url.path, "--json")
    #expect(json.output.contains(#""purpose" : "paints as Flux, "#), "\(json.output)")
  }

  @Test func saysWhatAFileOfWeightsHolds() throws {
    let folder = try TemporaryFolder()
    var writer = SafetensorsWriter()
    writer.add("lora_unet_mid.lora_down.weight", .float32, [1]) { Data(count: 4) }
    try writer.write(to: folder.appending("style.safetensors"))
    let result = try CommandLineTool.run("inspect", folder.appending("style.safetensors").path)
    #expect(result.status == 0 && result.output.contains("which holds a LoRA"))
  }
}
