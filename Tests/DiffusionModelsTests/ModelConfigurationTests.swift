import Checkpoints
import DiffusionModels
import Foundation
import NeuralLayers
import TestSupport
import Testing

@Suite struct ModelConfigurationTests {
  @Test func whatTheFileLeavesOutHasItsDefault() throws {
    #expect(try unet("{}") == UNetConfiguration())
    #expect(try unet(#"{"transformer_layers_per_block": null}"#) == UNetConfiguration())
  }

  /// Options that change the result, each with what the message must name.
  @Test(arguments: [
    (#"{"_class_name": "UNet3DConditionModel"}"#, "UNet3DConditionModel"),
    (#"{"act_fn": "mish"}"#, "act_fn"),
    (#"{"class_embed_type": "timestep"}"#, "class_embed_type"),
    (#"{"time_cond_proj_dim": 256}"#, "time_cond_proj_dim"),
    (#"{"resnet_time_scale_shift": "scale_shift"}"#, "resnet_time_scale_shift"),
    (#"{"mid_block_type": "UNetMidBlock2D"}"#, "mid_block_type"),
    (#"{"only_cross_attention": true}"#, "only_cross_attention"),
    (#"{"addition_embed_type": "image"}"#, "addition_embed_type"),
    (#"{"an_option_of_tomorrow": 1}"#, "an_option_of_tomorrow"),
    (#"{"down_block_types": ["AttnDownBlock2D"]}"#, "AttnDownBlock2D"),
    (#"{"block_out_channels": [320, 640]}"#, "block_out_channels"),
    (#"{"block_out_channels": [320, 640, 1280, 1290]}"#, "norm_num_groups"),
    (#"{"attention_head_dim": [5, 10, 20]}"#, "attention_head_dim"),
    (#"{"attention_head_dim": [5, 10, 20, 33]}"#, "attention_head_dim"),
    (
      #"{"block_out_channels": [5, 640, 1280, 1280], "norm_num_groups": 5, "attention_head_dim": 5}"#,
      "even"
    ),
    (#"{"in_channels": 0}"#, "in_channels"),
    (#"{"layers_per_block": [2, 2]}"#, "layers_per_block"),
    (#"{"transformer_layers_per_block": [[1, 2], 1, 1, 1]}"#, "reverse_transformer_layers"),
    (#"{"addition_embed_type": "text_time"}"#, "addition_time_embed_dim"),
    (#"{"in_channels": "four"}"#, "in_channels"),
    ("[]", "unet/config.json"),
  ])
  func theUNetRefusesWhatItCannotFollow(json: String, named: String) throws {
    try expectRefusal(naming: named) { try unet(json) }
  }

  @Test(arguments: [
    (#"{"_class_name": "AutoencoderTiny"}"#, "AutoencoderTiny"),
    (#"{"latents_mean": [0.1, 0.2, 0.3, 0.4]}"#, "latents_mean"),
    (#"{"up_block_types": ["AttnUpDecoderBlock2D"]}"#, "AttnUpDecoderBlock2D"),
    (#"{"block_out_channels": [64, 128]}"#, "block_out_channels"),
    (#"{"norm_num_groups": 48}"#, "norm_num_groups"),
  ])
  func theAutoencoderRefusesWhatItCannotFollow(json: String, named: String) throws {
    try expectRefusal(naming: named) {
      try AutoencoderKLConfiguration(json: Data(json.utf8), location: "vae/config.json")
    }
  }

  @Test(arguments: [
    (#"{"_class_name": "MultiAdapter"}"#, "MultiAdapter"),
    (#"{"adapter_type": "huge_adapter"}"#, "huge_adapter"),
    (#"{"adapter_type": "full_adapter_xl", "channels": [320, 640, 1280, 640]}"#, "channels"),
    (#"{"downscale_factor": 0}"#, "downscale_factor"),
  ])
  func theAdapterRefusesWhatItCannotFollow(json: String, named: String) throws {
    try expectRefusal(naming: named) {
      try T2IAdapterConfiguration(json: Data(json.utf8), location: "adapter/config.json")
    }
  }

  @Test func nullAsksForNothing() throws {
    #expect(throws: Never.self) {
      try unet(#"{"an_option_of_tomorrow": null, "_note": {"by": "somebody"}}"#)
    }
  }

  private func unet(_ json: String) throws -> UNetConfiguration {
    try UNetConfiguration(json: Data(json.utf8), location: "unet/config.json")
  }
}
