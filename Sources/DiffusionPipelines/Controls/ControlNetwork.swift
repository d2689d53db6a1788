import Checkpoints
public import Tensors

/// A network beside the UNet that steers images along control images; a pipeline has any number of them.
public protocol ControlNetwork: Sendable {
  /// What both sides of an image must be multiples of, in pixels.
  var sizeMultiple: Int { get }

  /// Channels of a control image: 1 for grey, 3 for RGB.
  var imageChannels: Int { get }

  /// What the network makes of control images, for all steps of a batch.
  ///
  /// - Parameters:
  ///   - images: One for each image of the batch, of its size, `[N, height, width, imageChannels]`, 0 … 1.
  ///   - settings: How it takes part.
  func control(along images: Tensor, _ settings: ControlSettings) -> any StepControl
}

/// How a pipeline gets a control network from a folder.
protocol LoadableControl: ControlNetwork {
  /// The class that the folder's `config.json` names.
  static var className: String { get }

  /// Makes sure that a folder's network belongs to a model, before any weights are read.
  ///
  /// - Throws: ``PipelineError`` when it does not, `CheckpointError` when the configuration cannot be followed.
  static func requireFit(_ folder: ModelFolder, _ model: StableDiffusionConfiguration) throws

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - folder: Its folder.
  ///   - model: The model that it steers.
  ///   - device: Where the weights will live.
  ///   - precision: How products round their operands.
  /// - Throws: `CheckpointError` when a file cannot be read or the weights are not those of the configuration.
  init(
    _ folder: ModelFolder, _ model: StableDiffusionConfiguration, device: Device,
    precision: ProductPrecision) throws
}
