public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what a ``BlipVisionModel`` reads; transformers' `BlipImageProcessor` on Pillow.
///
/// The image is stretched to a square, in 8 bits, and normalised channel by channel. The properties have the names and
/// defaults of `preprocessor_config.json`.
public struct BlipImageProcessor: ModelConfiguration, Equatable {
  /// The side of the square, in pixels.
  public var size = SquareSide(384)
  /// How samples become numbers.
  public var normalization = ImageNormalization.clip

  /// Those of BLIP, which has CLIP's numbers.
  public init() {}

  /// Reads `preprocessor_config.json` of a model's folder; without one, images are made as large as the encoder wants
  /// them.
  ///
  /// - Throws: `CheckpointError` when the file asks for something that this engine does not do, or for images of
  ///   another size.
  public init(_ folder: ModelFolder, imageSize: Int) throws {
    if folder.has(ModelFolder.processorFile) {
      try self.init(processorOf: folder)
    } else {
      self.init()
      size = SquareSide(imageSize)
    }
    try require(
      size.side == imageSize,
      "size is \(size.side), but the encoder's image_size is \(imageSize)",
      in: folder.processorPath)
  }

  /// Every option of transformers' `BlipImageProcessor`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("size", &size, within: Bounds.side)
    try normalization.bind(to: options)
    for key in ["default_to_square", "do_resize", "do_convert_rgb"] {
      try options.require(key, among: [true, nil])
    }
    try options.require("do_center_crop", among: [false, nil])
    // Pillow's number of its cubic filter.
    try options.require("resample", among: [3])
    // A square needs no frame.
    options.ignore("do_pad", "size_divisor")
    options.ignore("feature_extractor_type", "image_processor_type", "processor_class")
  }

  /// Checks that there are numbers for three channels.
  public func validate(in location: String) throws {
    try normalization.validate(in: location)
  }

  /// Prepares an image.
  ///
  /// - Returns: `[1, size, size, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    let square = image.rgb().resized(width: size.side, height: size.side, .bicubic)
    return normalization(square, on: device)
  }
}
