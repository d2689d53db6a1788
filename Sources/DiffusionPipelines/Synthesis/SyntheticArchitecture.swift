import Checkpoints
import DiffusionModels
import LanguageModels
import VisionModels

/// A model that can be made up: the configurations of all its parts.
public enum SyntheticArchitecture: String, Sendable, CaseIterable {
  /// Stable Diffusion 1.5, an adapter and a ControlNet, small enough to run in a second.
  case tiny
  /// Stable Diffusion 1.5, a canny adapter and a ControlNet at full size: 6 GB in single precision.
  case sd15
  /// Stable Diffusion XL, a line-art adapter and a ControlNet at full size: 19 GB in single precision.
  case sdxl

  var unet: UNetConfiguration {
    switch self {
    case .tiny:
      var configuration = UNetConfiguration.sd15
      configuration.sampleSize = 16
      configuration.blockOutChannels = Self.tinyChannels
      configuration.layersPerBlock = PerBlock(1)
      configuration.crossAttentionDim = PerBlock(textEncoders[0].hiddenSize)
      configuration.attentionHeadDim = PerBlock(4)
      configuration.normNumGroups = 8
      return configuration
    case .sd15: return .sd15
    case .sdxl: return .sdxl
    }
  }

  var autoencoder: AutoencoderKLConfiguration {
    switch self {
    case .tiny:
      var configuration = AutoencoderKLConfiguration.sd
      configuration.blockOutChannels = [8, 16, 32, 32]
      configuration.layersPerBlock = 1
      configuration.normNumGroups = 8
      configuration.sampleSize = 128
      return configuration
    case .sd15: return .sd
    case .sdxl: return .sdxl
    }
  }

  var textEncoders: [CLIPTextConfiguration] {
    switch self {
    case .tiny:
      var configuration = CLIPTextConfiguration.vitL
      configuration.vocabSize = CLIPTokenizer.byteTokens.count
      configuration.hiddenSize = 32
      configuration.intermediateSize = 64
      configuration.numHiddenLayers = 2
      configuration.numAttentionHeads = 4
      return [configuration]
    case .sd15: return [.vitL]
    case .sdxl: return [.vitL, .bigG]
    }
  }

  /// The files of the networks that steer it.
  func controls(seed: UInt64) -> [SyntheticFile] {
    SyntheticFile.network(T2IAdapter.self, adapter, seed, in: "adapter")
      + SyntheticFile.network(ControlNetModel.self, control, seed, in: "control")
  }

  private var control: ControlNetConfiguration {
    var configuration = ControlNetConfiguration(encoder: unet)
    if self == .tiny { configuration.conditioningEmbeddingOutChannels = [4, 8, 8, 16] }
    return configuration
  }

  /// The files of the networks that show it images as prompts; the published ones take 2.6 GB by themselves, so
  /// there are none at full size.
  func imagePrompts(seed: UInt64) -> [SyntheticFile] {
    guard self == .tiny else { return [] }
    var encoder = CLIPVisionConfiguration.openCLIPH14
    encoder.hiddenSize = 32
    encoder.intermediateSize = 64
    encoder.projectionDim = 32
    encoder.numHiddenLayers = 2
    encoder.numAttentionHeads = 4
    encoder.imageSize = 56
    let adapter = IPAdapterConfiguration(
      .embedding(tokens: 4), imageChannels: encoder.projectionDim,
      contextChannels: unet.crossAttentionDim[0])
    return SyntheticFile.network(
      CLIPVisionModel.self, encoder, seed, in: "image_encoder", weights: "model.safetensors")
      + [
        SyntheticFile("ip-adapter.safetensors", seed) {
          _ = try IPAdapter($0, adapter, for: unet.crossAttentions)
        }
      ]
  }

  private var adapter: T2IAdapterConfiguration {
    switch self {
    case .tiny:
      var configuration = T2IAdapterConfiguration.sd15
      configuration.channels = Self.tinyChannels
      return configuration
    case .sd15: return .sd15
    case .sdxl: return .sdxl
    }
  }

  /// What the published models' `scheduler_config.json` says.
  var scheduler: JSONValue {
    var settings: [String: JSONValue] = [
      "_class_name": self == .sdxl ? "EulerDiscreteScheduler" : "DDIMScheduler",
      "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
      "num_train_timesteps": 1000, "steps_offset": 1, "prediction_type": "epsilon",
      "timestep_spacing": "leading",
    ]
    if self != .sdxl {
      settings["clip_sample"] = false
      settings["set_alpha_to_one"] = false
      settings["skip_prk_steps"] = true
    }
    return .object(settings)
  }

  /// What `model_index.json` says.
  var index: JSONValue {
    var parts: [String: JSONValue] = [
      "_class_name": self == .sdxl ? "StableDiffusionXLPipeline" : "StableDiffusionPipeline",
      "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"],
      "text_encoder": ["transformers", "CLIPTextModel"],
      "tokenizer": ["transformers", "CLIPTokenizer"],
      "scheduler": self == .sdxl
        ? ["diffusers", "EulerDiscreteScheduler"] : ["diffusers", "DDIMScheduler"],
    ]
    if self == .sdxl {
      parts["text_encoder_2"] = ["transformers", "CLIPTextModelWithProjection"]
      parts["tokenizer_2"] = ["transformers", "CLIPTokenizer"]
      parts["force_zeros_for_empty_prompt"] = true
    }
    return .object(parts)
  }

  private static let tinyChannels = [32, 64, 64, 64]
}
