public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what a ``SegformerForSemanticSegmentation`` reads; transformers' `SegformerImageProcessor` on
/// Pillow.
///
/// The image is stretched to one size, in 8 bits, and normalised channel by channel. The properties have the names and
/// defaults of `preprocessor_config.json`.
public struct SegformerImageProcessor: ModelConfiguration, Equatable {
  /// The size of the stretched image.
  public var size = RectangleSides(height: 512, width: 512)
  /// What is done with its samples.
  public var normalization = ImageNormalization.imageNet
  /// Whether the classes are those of a dataset without the first, which masks have as 0 for what has no class:
  /// ADE20K's.
  public var doReduceLabels = false

  /// The file's defaults.
  public init() {}

  /// Reads `preprocessor_config.json` of a network's folder.
  ///
  /// - Throws: `CheckpointError` when there is none, or it asks for something that this engine does not do.
  public init(_ folder: ModelFolder) throws { try self.init(processorOf: folder) }

  /// Every option of transformers' `SegformerImageProcessor`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("size", &size, within: Bounds.side)
    try normalization.bind(to: options)
    // The newer name counts where both are there.
    try options.bind("reduce_labels", &doReduceLabels)
    try options.bind("do_reduce_labels", &doReduceLabels)
    try options.require("do_resize", among: [true, nil])
    // Pillow's number of its triangle.
    try options.require("resample", among: [2])
    options.ignore("feature_extractor_type", "image_processor_type", "processor_class")
  }

  /// Checks that there are numbers for three channels.
  public func validate(in location: String) throws { try normalization.validate(in: location) }

  /// Prepares an image, `[1, height, width, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    normalization(
      image.rgb().resized(width: size.width, height: size.height, .triangle), on: device)
  }
}
