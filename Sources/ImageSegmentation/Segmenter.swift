public import Checkpoints
public import ImageFiles
public import Tensors

/// Finds the class of every pixel of an image.
public protocol Segmenter: Sendable {
  /// The classes' names by id, as the network's file has them.
  var classes: [String] { get }

  /// Looks at an image.
  ///
  /// - Returns: The scores of the classes, at the network's own size.
  /// - Throws: ``SegmentationError`` when the network gives no numbers; what the device finds wrong.
  func scores(of image: Image) throws -> ClassScores
}

extension Segmenter {
  /// The class of every pixel.
  ///
  /// - Throws: As ``scores(of:)``.
  public func callAsFunction(_ image: Image) throws -> LabelImage {
    try scores(of: image).labels(width: image.width, height: image.height)
  }
}

/// A segmenter that a folder of a network makes.
public protocol LoadableSegmenter: Segmenter {
  /// Loads the network.
  ///
  /// - Parameters:
  ///   - folder: Its folder, with `config.json`, `preprocessor_config.json` and weights.
  ///   - device: Where it runs.
  ///   - precision: How products round their operands.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  init(_ folder: ModelFolder, device: Device, precision: ProductPrecision) throws
}
