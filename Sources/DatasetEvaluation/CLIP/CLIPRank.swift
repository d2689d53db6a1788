/// Category-Calibrated CLIP Rank: which generated images show what they should best.
///
/// Each object of an image has a similarity to the words for its category. Similarities of different categories cannot be
/// compared, so that each object gets its rank within its category, over all images: 1 for the most similar, and one rank
/// for objects that are equally so. An image's rank is the mean of its objects'.
///
/// Source: Fang et al., "Data Augmentation for Object Detection via Controllable Diffusion Models", WACV 2024.
public struct CLIPRank: Sendable {
  /// An object of a generated image.
  public struct Object: Sendable, Hashable {
    /// The image's place in the set, from 0.
    public let image: Int
    /// What the object is.
    public let category: String
    /// How similar its part of the image is to the words for the category: a cosine.
    public let similarity: Double

    /// Describes an object.
    public init(image: Int, category: String, similarity: Double) {
      (self.image, self.category, self.similarity) = (image, category, similarity)
    }
  }

  /// The rank of each image, low for a good one; nil for an image without objects.
  public let ranks: [Double?]

  /// Ranks images.
  ///
  /// - Parameters:
  ///   - objects: Those of all images, in any order.
  ///   - images: How many images there are.
  public init(_ objects: [Object], images: Int) {
    var sums = [Double](repeating: 0, count: images)
    var counts = [Int](repeating: 0, count: images)
    for group in Dictionary(grouping: objects, by: \.category).values {
      for (object, rank) in Self.ranked(group) {
        sums[object.image] += Double(rank)
        counts[object.image] += 1
      }
    }
    ranks = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
  }

  /// The images of the lowest ranks, best first; of equal ones, the first in the set.
  ///
  /// - Parameter count: How many, at most. Images without objects are never among them.
  public func best(_ count: Int) -> [Int] {
    let ranked = ranks.enumerated().compactMap { image, rank in
      rank.map { (rank: $0, image: image) }
    }
    return ranked.sorted { ($0.rank, $0.image) < ($1.rank, $1.image) }.prefix(count).map(\.image)
  }

  /// What CLIP compares an object with.
  ///
  /// - Parameter category: The words for it, such as `dining table`.
  public static func prompt(for category: String) -> String { "a photo of a \(category)" }

  /// The objects of one category with their ranks.
  private static func ranked(_ objects: [Object]) -> [(Object, Int)] {
    let sorted = objects.sorted { $0.similarity > $1.similarity }
    var rank = 1
    return sorted.enumerated().map { place, object in
      if place > 0, sorted[place - 1].similarity > object.similarity { rank = place + 1 }
      return (object, rank)
    }
  }
}
