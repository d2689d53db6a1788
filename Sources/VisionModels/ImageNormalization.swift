import Checkpoints
public import ImageFiles
import NeuralLayers
public import Tensors

/// What image processors do with samples of 8 bits: `(sample · rescaleFactor − mean) / deviation`, channel by channel.
public struct ImageNormalization: Sendable, Equatable {
  /// What is taken from each channel.
  public var mean: [Float]
  /// What each channel is divided by then.
  public var deviation: [Float]
  /// What a sample is multiplied by first.
  public var rescaleFactor = 1 / 255.0

  /// Of OpenAI's CLIP.
  public static let clip = ImageNormalization(
    mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])
  /// Of networks that learnt from ImageNet.
  public static let imageNet = ImageNormalization(
    mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  /// Normalises an RGB image, `[1, height, width, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    precondition(
      image.channels == 3, "ImageNormalization: an image of \(image.channels) channels, not 3")
    // There are 256 samples: a table is faster than as many computations as there are pixels.
    let channels = zip(mean, deviation).map { mean, deviation in
      (0...255).map { (Float(Double($0) * rescaleFactor) - mean) / deviation }
    }
    let numbers = image.pixels.enumerated().map { channels[$0 % 3][Int($1)] }
    return Tensor(numbers, [1, image.height, image.width, 3], on: device)
  }

  /// The options of `preprocessor_config.json` that say so.
  mutating func bind(to options: Options) throws {
    try options.bind("image_mean", &mean, within: Bounds.shift)
    try options.bind("image_std", &deviation, within: Bounds.magnitude)
    try options.bind("rescale_factor", &rescaleFactor, within: 0...1)
    try options.require("do_rescale", among: [true, nil])
    try options.require("do_normalize", among: [true, nil])
  }

  /// Checks that there are numbers for three channels.
  func validate(in location: String) throws {
    try require(
      mean.count == 3 && deviation.count == 3,
      "image_mean has \(mean.count) numbers and image_std \(deviation.count), expected 3 each",
      in: location)
  }
}
