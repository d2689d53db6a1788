/// A caption as a line of a file has it, in the form that ``Captions`` reads.
public struct CaptionRecord: Codable, Sendable, Equatable {
  /// The image's file.
  public let image: String
  /// What it shows.
  public let caption: String
  /// The folder of the captioner, by its name.
  public let model: String
  /// What else the caption depends on.
  public let settings: String

  /// Says who found what.
  public init(image: String, caption: String, model: String, settings: String) {
    (self.image, self.caption) = (image, caption)
    (self.model, self.settings) = (model, settings)
  }
}
