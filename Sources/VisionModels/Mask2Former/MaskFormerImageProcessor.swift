public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what a ``Mask2FormerForUniversalSegmentation`` reads; transformers' `Mask2FormerImageProcessor` on
/// Pillow.
///
/// The image is resized in 8 bits, stretched to sides that the network can divide, and normalised channel by channel.
public struct MaskFormerImageProcessor: ModelConfiguration, Equatable {
  /// The size of the resized image.
  public var size = ResizeSides.edges(shortest: 800, longest: 1333)
  /// What its sides are a multiple of; 0 for nothing.
  public var sizeDivisor = 32
  /// The longer side at most, where the file gives the shorter one as a number.
  private var maxSize = 1333
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

  /// Every option of transformers' `Mask2FormerImageProcessor`, with the values that this engine follows.
  public mutating func bind(to options: Options) throws {
    try options.bind("max_size", &maxSize, within: Bounds.side)
    try options.bind("size", &size, within: Bounds.side)
    try options.bind("size_divisor", &sizeDivisor, within: 0...Bounds.scale.upperBound)
    try normalization.bind(to: options)
    // The newer name counts where both are there.
    try options.bind("reduce_labels", &doReduceLabels)
    try options.bind("do_reduce_labels", &doReduceLabels)
    try options.require("do_resize", among: [true, nil])
    // Pillow's number of its triangle.
    try options.require("resample", among: [2])
    // Of masks in a training, and of several images of different sizes.
    options.ignore("do_pad", "ignore_index", "num_labels", "pad_size")
    options.ignore("feature_extractor_type", "image_processor_type", "processor_class")
  }

  /// Checks that there are numbers for three channels.
  public func validate(in location: String) throws { try normalization.validate(in: location) }

  /// Prepares an image, `[1, height, width, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    let sides = size.sides(for: image, longestOfNumber: maxSize)
    func divided(_ side: Int) -> Int {
      sizeDivisor > 0 ? (side + sizeDivisor - 1) / sizeDivisor * sizeDivisor : side
    }
    return normalization(
      image.rgb().resized(width: divided(sides.width), height: divided(sides.height), .triangle),
      on: device)
  }
}

/// The sides of a resized image: a file gives both, or bounds for the shorter and the longer one.
public enum ResizeSides: OptionNumbers, Sendable, Equatable {
  /// Both sides, whatever the image's are.
  case both(height: Int, width: Int)
  /// The shorter side, unless the longer one became longer than its bound.
  case edges(shortest: Int, longest: Int?)

  /// Takes a whole number for the shorter side, or an object.
  public init?(json: JSONValue) {
    if let side = Int(json: json) {
      self = .edges(shortest: side, longest: nil)
      return
    }
    guard case .object(let values) = json else { return nil }
    func side(_ name: String) -> Int? { values[name].flatMap(Int.init(json:)) }
    if let height = side("height"), let width = side("width") {
      self = .both(height: height, width: width)
    } else if let shortest = side("shortest_edge") {
      self = .edges(shortest: shortest, longest: side("longest_edge"))
    } else {
      return nil
    }
  }

  /// An object, as recent transformers writes it.
  public var json: JSONValue {
    switch self {
    case .both(let height, let width): .object(["height": height.json, "width": width.json])
    case .edges(let shortest, let longest):
      .object(["shortest_edge": shortest.json, "longest_edge": (longest ?? 1333).json])
    }
  }

  /// All sides.
  public var numbers: [Int] {
    switch self {
    case .both(let height, let width): [height, width]
    case .edges(let shortest, let longest): [shortest] + [longest].compactMap { $0 }
    }
  }

  /// What a file may say.
  public static var expectation: String {
    "a whole number, height and width, or shortest_edge and longest_edge"
  }

  /// The sides of an image's resized one.
  ///
  /// Source: `get_size_with_aspect_ratio` of transformers.
  func sides(for image: Image, longestOfNumber bound: Int) -> (height: Int, width: Int) {
    guard case .edges(let shortest, let longest) = self else {
      return (numbers[0], numbers[1])
    }
    let (short, long) = (
      Double(min(image.height, image.width)), Double(max(image.height, image.width))
    )
    let limit = Double(longest ?? bound)
    let exact =
      long / short * Double(shortest) > limit ? limit * short / long : Double(shortest)
    let own = Int(exact.rounded(.toNearestOrEven))
    if image.height <= image.width && image.height == own
      || image.width <= image.height && image.width == own
    {
      return (image.height, image.width)
    }
    return image.width < image.height
      ? (Int(exact * Double(image.height) / Double(image.width)), own)
      : (own, Int(exact * Double(image.width) / Double(image.height)))
  }
}
