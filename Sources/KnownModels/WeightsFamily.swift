/// What a file of weights holds that has no configuration beside it, where some of its tensors' names tell.
public struct WeightsFamily: Sendable {
  /// As in "the file holds …".
  let contents: String
  /// Ends of names, all of which the file has.
  let telltale: [String]

  /// What a file holds.
  ///
  /// - Parameter names: Names of its tensors.
  /// - Returns: A noun phrase such as `a UNet2DConditionModel`; nil where no name tells.
  public static func contents(ofTensorsNamed names: [String]) -> String? {
    all.first { family in
      family.telltale.allSatisfy { end in names.contains { $0.hasSuffix(end) } }
    }?.contents
  }

  /// All families. Where two have their tell-tale names in a file, the first is it.
  ///
  /// Source: files that diffusers, transformers and the models' first authors write.
  private static let all = [
    WeightsFamily(
      contents: "a LoRA, small changes to another model's weights",
      telltale: [".lora_down.weight"]),
    WeightsFamily(
      contents: "a LoRA, small changes to another model's weights", telltale: [".lora_A.weight"]),
    WeightsFamily(
      contents: "a ControlNet in its first layout, not diffusers'",
      telltale: ["control_model.input_hint_block.0.weight"]),
    WeightsFamily(
      contents: "a whole Stable Diffusion model in one file, not in diffusers' layout",
      telltale: ["model.diffusion_model.input_blocks.0.0.weight"]),
    WeightsFamily(
      contents: "the transformer of Flux in its first layout, not diffusers'",
      telltale: ["double_blocks.0.img_attn.qkv.weight"]),
    WeightsFamily(
      contents: "an IP-Adapter, which shows a UNet images as prompts",
      telltale: ["ip_adapter.1.to_k_ip.weight"]),
    model("ControlNetModel", "controlnet_cond_embedding.conv_in.weight"),
    model(
      "UNet2DConditionModel", "time_embedding.linear_1.weight", "up_blocks.0.resnets.0.conv1.weight"
    ),
    model(
      "AutoencoderKL", "encoder.conv_in.weight", "decoder.conv_in.weight", "decoder.conv_out.weight"
    ),
    model(
      "CLIPModel", "text_model.embeddings.token_embedding.weight",
      "vision_model.embeddings.class_embedding"),
    model("CLIPVisionModel", "vision_model.embeddings.class_embedding"),
    model("CLIPTextModel", "text_model.embeddings.token_embedding.weight"),
  ]

  private static func model(_ className: String, _ telltale: String...) -> WeightsFamily {
    WeightsFamily(contents: "a \(className)".replacing("a A", with: "an A"), telltale: telltale)
  }
}
