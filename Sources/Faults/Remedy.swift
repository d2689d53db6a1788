/// A setting that may be chosen otherwise, so that a fault goes away.
///
/// Libraries name the setting; what it is called for a user is known where users give it.
public struct Remedy: Hashable, Sendable {
  /// What can be set.
  public enum Setting: Sendable, CaseIterable {
    /// What computes.
    case device
    /// How products round what they multiply.
    case precision
    /// Whether the weights stay in the processor's memory.
    case offloading
    /// How many images are painted at once.
    case batchSize
    /// Whether the autoencoder works in tiles.
    case tiling
    /// The sampling method.
    case scheduler
    /// The number of denoising steps.
    case steps
    /// The strength of guidance.
    case guidanceScale
    /// The steps that are guided.
    case guidanceInterval
    /// How many steps lie between two that compute everything.
    case deepFeatureInterval
    /// The shares of noise that images get which a run starts from.
    case encodeRatio
    /// The image that a run starts from or repaints.
    case image
    /// What of an image is repainted.
    case mask
    /// The shorter side at which a photograph is painted.
    case resolution
    /// How many images each class shall have.
    case targetPerClass
    /// How many images are painted.
    case images
    /// How often each photograph is painted.
    case copies
    /// How many times as many images are painted as are asked for.
    case oversampling
    /// The fit below which an image is painted again.
    case minFit
    /// How often an image is painted again.
    case retries
    /// The weight of the outlines in the photograph.
    case imageWeight
    /// The weight of the outlines in the labels.
    case labelWeight
    /// Whether the border counts as background.
    case borderAsBackground
    /// The part of each photograph that is repainted.
    case repaintedPart
    /// The folder that is written.
    case output
    /// The layout of the dataset that is written.
    case outputLayout
    /// What is written of a dataset's own files.
    case originals
    /// The file with captions.
    case captions
    /// The file with the classes' names.
    case classes
    /// The id of the first name in that file.
    case firstClassID
    /// The part of a run that is made.
    case shard
    /// The first epoch of each set of a curriculum.
    case starts
    /// The share of photographs that are replaced in an epoch.
    case probability
    /// How many of the best versions are kept.
    case best
    /// The file that says which class of a segmenter is which of a dataset.
    case classMap
    /// What the images of a run are made of.
    case recipe
    /// The least size of an instance that is painted.
    case instanceSize
    /// What becomes of smaller ones.
    case smallInstances
    /// How much around an instance is painted.
    case instanceMargin
    /// How many instances of an image are painted.
    case instancesPerImage
    /// What a model is asked for, for an instance.
    case instancePrompt
    /// How a model paints an instance.
    case instanceGenerator
  }

  /// What to set.
  public let setting: Setting
  /// Values that would do, as they are spelt for a user; empty where that depends.
  public let values: [String]

  /// Proposes a setting.
  public init(_ setting: Setting, _ values: [String] = []) {
    self.setting = setting
    self.values = values
  }
}
