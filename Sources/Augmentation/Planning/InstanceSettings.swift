import Faults

/// How instances are painted anew: which of them, how much around them, and what the model is asked for.
public struct InstanceSettings: Codable, Sendable, Equatable {
  /// What becomes of instances that are smaller than the least size.
  public enum Small: String, Codable, Sendable, CaseIterable {
    /// They stay as they are.
    case skip
    /// They are painted in a square as wide as that around one of the least size, and so are not enlarged more than it.
    case enlarge
  }

  /// What ``template`` has in place of a class.
  static let placeholder = "{class}"

  /// What paints; nil for what the model is made for.
  public var generator: InstanceGenerator?
  /// How many times the longer side of an instance's box the square is that is painted.
  public var margin = 2.0
  /// The side of a square of as many pixels as the smallest instance has that is not small.
  public var leastSize = 16
  /// What becomes of smaller ones.
  public var small = Small.skip
  /// How many instances of an image are painted at most, those of the rarest classes; nil for all.
  public var perImage: Int?
  /// What the model is asked for: words with `{class}` among them.
  public var template = "a photo of a {class}"
  /// By how many pixels of the photograph the mask is grown for painting.
  public var growth = 4
  /// The width of the seam inside the mask, in pixels of the photograph.
  public var seam = 4

  /// The defaults.
  public init() {}

  /// What the model is asked for, for a class.
  func prompt(for words: String) -> String { template.replacing(Self.placeholder, with: words) }

  /// Checks the settings.
  ///
  /// - Throws: ``AugmentationError`` of kind `request`.
  func validate() throws {
    try demand(
      (1...16).contains(margin),
      "what is painted must be 1 to 16 times as wide as an instance, found \(margin).",
      .instanceMargin)
    try demand(
      (1...4096).contains(leastSize),
      "the least size of an instance must be between 1 and 4096 pixels, found \(leastSize).",
      .instanceSize)
    try demand(
      (1...254).contains(perImage ?? 1),
      "the number of instances that are painted in an image must be between 1 and 254.",
      .instancesPerImage)
    try demand(
      template.contains(Self.placeholder),
      "the prompt of an instance, '\(template)', does not say where its class belongs: write "
        + "\(Self.placeholder) there.", .instancePrompt)
    try demand(
      (0...4096).contains(growth) && (0...1024).contains(seam),
      "an instance's mask must be grown by 0 ... 4096 pixels, and its seam be 0 ... 1024 pixels wide."
    )
  }
}
