import SegmentationDatasets

/// An instance of a source that is painted anew in an image, as the ledger has it.
public struct RepaintedInstance: Codable, Sendable, Equatable {
  /// A rectangle of the source, in pixels.
  public struct Box: Codable, Sendable, Equatable {
    /// The first column and row.
    public let x, y: Int
    /// The extent.
    public let width, height: Int
  }

  /// The instance's number within the source, from 1.
  public let instance: UInt8
  /// The words for its class.
  public let `class`: String
  /// The smallest box around what is seen of it.
  public let box: Box
  /// What the model is asked for.
  public let prompt: String
  /// The seed of its noise.
  public private(set) var seed: UInt64

  /// Plans an instance.
  ///
  /// - Parameters:
  ///   - words: Those for its class.
  ///   - seed: That of the image.
  init(_ extent: InstanceExtent, words: String, prompt: String, in seed: UInt64) {
    (instance, self.class, self.prompt) = (extent.number, words, prompt)
    box = Box(x: extent.x, y: extent.y, width: extent.width, height: extent.height)
    self.seed = ImageSeed.seed(ofInstance: instance, in: seed)
  }

  /// The same in an image of another seed.
  func seeded(by image: UInt64) -> RepaintedInstance {
    var copy = self
    copy.seed = ImageSeed.seed(ofInstance: instance, in: image)
    return copy
  }

  /// Whether it is this one that labels say.
  func isSame(as extent: InstanceExtent, _ words: String) -> Bool {
    `class` == words
      && box == Box(x: extent.x, y: extent.y, width: extent.width, height: extent.height)
  }
}
