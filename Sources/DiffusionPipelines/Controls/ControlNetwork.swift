import Checkpoints
import Tensors

/// A network beside the UNet that steers images along control images; a pipeline has any number of them.
public protocol ControlNetwork: Sendable {
  /// What both sides of an image must be multiples of, in pixels.
  var sizeMultiple: Int { get }

  /// Channels of a control image: 1 for grey, 3 for RGB; any other number for a label image, whose ids become
  /// one-hot.
  var imageChannels: Int { get }

  /// Whether the network has learnt what stands for no control image: guidance then leads from that with the same
  /// prompt, unless there is a negative prompt.
  var hasUnconditionalHint: Bool { get }

  /// Whether the network was trained on images whose channels were blue, green and red, so that what is painted with it
  /// has them in this order too, and what a run starts from must.
  var paintsBGR: Bool { get }

  /// What the network makes of control images and prompts, for all steps of a batch.
  ///
  /// - Parameters:
  ///   - batch: What it is told.
  ///   - settings: How it takes part.
  func control(of batch: ControlledBatch, _ settings: ControlSettings) -> any StepControl
}

extension ControlNetwork {
  /// Whether a control image is a label image: one channel, of class ids.
  public var seesLabels: Bool { imageChannels != 1 && imageChannels != 3 }

  /// It has not.
  public var hasUnconditionalHint: Bool { false }

  /// It was not.
  public var paintsBGR: Bool { false }
}

/// How a pipeline gets a control network from a folder.
protocol LoadableControl: ControlNetwork {
  /// The class that the folder's `config.json` names.
  static var className: String { get }

  /// What a record of a run calls its folder.
  static var role: String { get }

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
