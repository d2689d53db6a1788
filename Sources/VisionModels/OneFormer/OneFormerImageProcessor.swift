public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what a ``OneFormerForUniversalSegmentation`` reads; transformers' `OneFormerImageProcessor` on
/// Pillow: as a ``MaskFormerImageProcessor``, whose sides need no divisor.
public struct OneFormerImageProcessor: ModelConfiguration, Equatable {
  /// What is done.
  public var image = MaskFormerImageProcessor()

  /// The file's defaults.
  public init() { image.sizeDivisor = 0 }

  /// Reads `preprocessor_config.json` of a network's folder.
  ///
  /// - Throws: `CheckpointError` when there is none, or it asks for something that this engine does not do.
  public init(_ folder: ModelFolder) throws { try self.init(processorOf: folder) }

  /// Every option of transformers' `OneFormerImageProcessor`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try image.bind(to: options)
    // Of the texts of a training.
    options.ignore(
      "class_info_file", "max_seq_length", "metadata", "num_text", "repo_path", "task_seq_length")
  }

  /// Checks that there are numbers for three channels.
  public func validate(in location: String) throws { try image.validate(in: location) }

  /// Prepares an image, `[1, height, width, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    self.image(image, on: device)
  }
}
