public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what a ``CLIPVisionModel`` reads; transformers' `CLIPImageProcessor` on Pillow.
///
/// The image is resized by its shorter side, in 8 bits, cropped around its centre and normalised channel by channel. The
/// properties have the names and defaults of `preprocessor_config.json`.
public struct CLIPImageProcessor: ModelConfiguration, Equatable {
  /// The shorter side of the resized image, in pixels.
  public var size = ShortestEdge(224)
  /// The side of the square that is cut out of its middle, in pixels.
  public var cropSize = SquareSide(224)
  /// What is done with the samples of the square.
  public var normalization = ImageNormalization.clip

  /// Those of OpenAI's CLIP, which IP-Adapters share.
  public init() {}

  /// Reads `preprocessor_config.json` of an encoder's folder; without one, images are made as large as the encoder
  /// wants them.
  ///
  /// - Throws: `CheckpointError` when the file asks for something that this engine does not do, or for
  ///   images of another size.
  public init(_ folder: ModelFolder, for model: CLIPVisionConfiguration) throws {
    if folder.has(ModelFolder.processorFile) {
      try self.init(processorOf: folder)
    } else {
      self.init()
      size = ShortestEdge(model.imageSize)
      cropSize = SquareSide(model.imageSize)
    }
    try require(
      cropSize.side == model.imageSize,
      "crop_size is \(cropSize.side), but the encoder's image_size is \(model.imageSize)",
      in: folder.processorPath)
  }

  /// Every option of transformers' `CLIPImageProcessor`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("size", &size, within: Bounds.side)
    try options.bind("crop_size", &cropSize, within: Bounds.side)
    try normalization.bind(to: options)
    for key in ["do_resize", "do_center_crop", "do_convert_rgb"] {
      try options.require(key, among: [true, nil])
    }
    try options.require("do_pad", among: [false, nil])
    // Pillow's number of its cubic filter.
    try options.require("resample", among: [3])
    options.ignore("feature_extractor_type", "image_processor_type", "processor_class")
  }

  /// Checks that there are numbers for three channels, and that the square fits into the image.
  public func validate(in location: String) throws {
    try normalization.validate(in: location)
    try require(
      cropSize.side <= size.side,
      "crop_size \(cropSize.side) is larger than size \(size.side)", in: location)
  }

  /// Prepares an image.
  ///
  /// - Returns: `[1, cropSize, cropSize, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    let (short, side) = (min(image.width, image.height), cropSize.side)
    let resized = image.rgb().resized(
      width: size.side * image.width / short, height: size.side * image.height / short, .bicubic)
    let square = resized.cropped(
      x: (resized.width - side) / 2, y: (resized.height - side) / 2, width: side, height: side)
    return normalization(square, on: device)
  }
}
