import Checkpoints
import DiffusionModels
public import ImageFiles
import NeuralLayers
public import Tensors
import VisionModels

/// Turns image prompts into tokens, and tokens into what a UNet's cross-attentions read: CLIP's vision encoder with an
/// IP-Adapter.
public struct ImagePromptEncoder: Sendable {
  private let processor: CLIPImageProcessor
  private let encoder: CLIPVisionModel
  private let adapter: IPAdapter

  init(
    _ configuration: ImagePromptConfiguration, device: Device, precision: ProductPrecision
  ) throws {
    processor = configuration.processor
    encoder = try CLIPVisionModel(
      folder: configuration.folder, device: device, precision: precision)
    adapter = try IPAdapter(
      Parameters(configuration.file, device: device, precision: precision), configuration.adapter,
      for: configuration.sites)
    configuration.folder.noteLeftOver(in: configuration.file)
  }

  /// Tokens of the image prompts of one image, `[1, images · tokens, channels]`.
  ///
  /// - Parameter images: Any number, of any sizes.
  public func callAsFunction(_ images: [Image], on device: Device) -> Tensor {
    let pixels = Tensor.stack(samples: images.map { processor($0, on: device) })
    return joined(adapter.tokens(of: features(of: encoder(pixels))))
  }

  /// Tokens that stand for no image, as many as those of some images.
  ///
  /// An embedding of zeros or, for a resampler, what the encoder sees where every number is zero.
  public func absent(images: Int, on device: Device) -> Tensor {
    let side = encoder.configuration.imageSize
    let blank = Tensor(repeating: 0, [1, side, side, 3], on: device)
    let tokens =
      switch adapter.configuration.projection {
      case .embedding: adapter.tokens(of: 0 * features(of: encoder(blank)))
      case .resampler: adapter.tokens(of: features(of: encoder(blank)))
      }
    return joined(tokens.repeated(samples: images))
  }

  /// Tokens with a shape only, for some images of a batch that have some image prompts each.
  func blank(images: Int, samples: Int, on device: Device) -> Tensor {
    let configuration = adapter.configuration
    return Tensor(
      [samples, images * configuration.tokens, configuration.contextChannels], on: device)
  }

  /// What all steps of a batch have in common.
  func project(_ tokens: Tensor, scale: Float) -> ImageContext {
    adapter.project(tokens, scale: scale)
  }

  private func features(of output: CLIPVisionOutput) -> Tensor {
    switch adapter.configuration.projection {
    case .embedding: output.imageEmbeddings ?? output.pooledOutput
    case .resampler: output.hiddenStates[output.hiddenStates.count - 2]
    }
  }

  /// Tokens of several images in a row.
  private func joined(_ tokens: Tensor) -> Tensor {
    tokens.reshaped([1, tokens.shape[0] * tokens.shape[1], tokens.shape[2]])
  }
}
