public import Checkpoints
public import ImageFiles
public import NeuralLayers
public import Tensors

/// Turns an image into what an ``EncoderDecoder`` reads: the `preprocessor_config.json` that `tools/convert.py` writes.
public struct EncoderDecoderImageProcessor: ModelConfiguration, Equatable {
  /// How an image is resized.
  public enum Resampling: String, OptionChoice, Sendable, CaseIterable {
    /// As OpenCV does it; sides are rounded. MMSegmentation's.
    case openCV = "opencv"
    /// As Pillow does it; the longer side is rounded down. torchvision's.
    case pillow
  }

  /// Whether the network looks at the whole image at once.
  public enum TestMode: String, OptionChoice, Sendable, CaseIterable {
    /// It does.
    case whole
    /// It looks at windows, whose scores are averaged where they overlap.
    case slide
  }

  /// The shorter side of the resized image, at most, in pixels.
  public var shortestEdge = 512
  /// The longer side, at most.
  public var longestEdge = 2048
  /// How it is resized.
  public var resampling = Resampling.openCV
  /// What is done with its samples.
  public var normalization = ImageNormalization.imageNet
  /// Whether the network looks at the whole image at once.
  public var testMode = TestMode.whole
  /// Height and width of a window, in pixels of the resized image.
  public var cropSize = RectangleSides(height: 512, width: 512)
  /// Pixels from one window to the next.
  public var stride = RectangleSides(height: 341, width: 341)

  /// MMSegmentation's for PASCAL VOC.
  public init() {}

  /// Reads `preprocessor_config.json` of a network's folder.
  ///
  /// - Throws: `CheckpointError` when there is none, or it asks for something that this engine does not do.
  public init(_ folder: ModelFolder) throws { try self.init(processorOf: folder) }

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("shortest_edge", &shortestEdge, within: Bounds.side)
    try options.bind("longest_edge", &longestEdge, within: Bounds.side)
    try options.bind("resampling", &resampling)
    try normalization.bind(to: options)
    try options.bind("test_mode", &testMode)
    try options.bind("crop_size", &cropSize, within: Bounds.side)
    try options.bind("stride", &stride, within: Bounds.side)
    options.ignore("image_processor_type")
  }

  /// Checks that there are numbers for three channels, and that windows leave no gaps.
  public func validate(in location: String) throws {
    try normalization.validate(in: location)
    try require(
      stride.height <= cropSize.height && stride.width <= cropSize.width,
      "'stride' \(stride.json) leaves gaps between windows of 'crop_size' \(cropSize.json)",
      in: location)
  }

  /// Prepares an image, `[1, height, width, 3]`.
  public func callAsFunction(_ image: Image, on device: Device) -> Tensor {
    let (short, long) = (min(image.width, image.height), max(image.width, image.height))
    let scale = min(Double(shortestEdge) / Double(short), Double(longestEdge) / Double(long))
    let rounding = resampling == .openCV ? 0.5 : 0
    func side(_ length: Int) -> Int { max(Int(Double(length) * scale + rounding), 1) }
    let resized = image.rgb().resized(
      width: side(image.width), height: side(image.height),
      resampling == .openCV ? .bilinear : .triangle)
    return normalization(resized, on: device)
  }

  /// The windows that an image is looked at through, whole or in rows of overlapping ones.
  ///
  /// - Returns: Their rows and columns; the last of each end where the image does.
  public func windows(height: Int, width: Int) -> [(rows: Range<Int>, columns: Range<Int>)] {
    if testMode == .whole { return [(0..<height, 0..<width)] }
    func ranges(_ length: Int, _ crop: Int, _ stride: Int) -> [Range<Int>] {
      let count = max(length - crop + stride - 1, 0) / stride + 1
      return (0..<count).map { index in
        let end = min(index * stride + crop, length)
        return max(end - crop, 0)..<end
      }
    }
    let columns = ranges(width, cropSize.width, stride.width)
    return ranges(height, cropSize.height, stride.height).flatMap { rows in
      columns.map { (rows, $0) }
    }
  }
}
