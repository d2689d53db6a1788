/// How an image's caption and the words for its classes become a prompt.
///
/// Source: Che et al., "Enhanced Generative Data Augmentation for Semantic Segmentation via Stronger
/// Guidance", ICPRAM 2025, section 3.2.
public enum PromptStyle: String, Codable, Sendable, CaseIterable {
  /// Class-Prompt Appending, `caption; class, class`: captions alone leave labelled classes out.
  case appended
  /// `A photo of class, class`.
  case simple
  /// The caption alone.
  case caption
  /// `a high-quality, detailed, and professional image`, where classes are added `… of class, class`.
  ///
  /// Source: Schnell et al., "ScribbleGen", arXiv 2311.17121, and its code.
  case highQuality = "high-quality"

  /// Whether captions go into prompts.
  public var readsCaptions: Bool { self == .appended || self == .caption }

  /// The prompt of one image.
  ///
  /// - Parameters:
  ///   - caption: What the image shows. Without one, styles that read it give the simple prompt.
  ///   - classes: The words for its classes, in the order of ``ClassOrder``; may be empty.
  public func prompt(caption: String?, classes: [String]) -> String {
    let list = classes.joined(separator: ", ")
    if self == .highQuality {
      return "a high-quality, detailed, and professional image"
        + (classes.isEmpty ? "" : " of \(list)")
    }
    guard let caption, self != .simple else {
      return classes.isEmpty ? "A photo" : "A photo of \(list)"
    }
    return self == .caption || classes.isEmpty ? caption : "\(caption); \(list)"
  }
}
