/// How many captions lack a class that is labelled in their image.
///
/// Source: Che et al., "Enhanced Generative Data Augmentation for Semantic Segmentation via Stronger Guidance", ICPRAM
/// 2025, figure 2.
public struct CaptionCoverage: Encodable, Sendable, Equatable {
  /// Captions of images with a labelled class.
  public private(set) var captions = 0
  /// Those that lack the words for at least one of them.
  public private(set) var lacking = 0
  /// For each class, in how many captions of images with it its words are missing.
  public private(set) var lackingByClass: [String: Int] = [:]

  /// Counts nothing yet.
  public init() {}

  /// Counts a caption.
  ///
  /// - Parameters:
  ///   - caption: What the image shows.
  ///   - classes: The words for the classes that are labelled in it.
  public mutating func count(_ caption: String, classes: [String]) {
    if classes.isEmpty { return }
    captions += 1
    let words = Self.words(of: caption)
    let missing = classes.filter { !Self.contains(Self.words(of: $0), in: words) }
    if !missing.isEmpty { lacking += 1 }
    for name in missing { lackingByClass[name, default: 0] += 1 }
  }

  /// Words in small letters, without marks of punctuation.
  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether words stand side by side among others, the last one in the singular or the plural.
  private static func contains(_ name: [String], in words: [String]) -> Bool {
    guard let last = name.last, words.count >= name.count else { return false }
    return (0...words.count - name.count).contains { start in
      let end = words[start + name.count - 1]
      return words[start...].starts(with: name.dropLast())
        && [last, last + "s", last + "es"].contains(end)
    }
  }
}
