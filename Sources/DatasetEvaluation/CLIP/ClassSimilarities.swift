public import ImageFiles
import LanguageModels
public import SegmentationDatasets

/// How similar the labelled parts of images are to the words for their classes: what ``CLIPRank`` ranks.
public struct ClassSimilarities: Sendable {
  private let embedder: CLIPEmbedder
  private let classes: ClassList
  /// The embedded words by id.
  private let words: [UInt8: [Float]]

  /// Embeds ``CLIPRank/prompt(for:)`` of every class.
  ///
  /// - Throws: ``EvaluationError`` when an embedding has no direction.
  public init(_ embedder: CLIPEmbedder, classes: ClassList) throws {
    let embedded = try embedder(classes.ids.map { CLIPRank.prompt(for: classes.words(for: $0)) })
    words = Dictionary(uniqueKeysWithValues: zip(classes.ids, embedded))
    (self.embedder, self.classes) = (embedder, classes)
  }

  /// Compares the box around each class of an image, or around each of its objects, with the words for it.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - place: Its place in the set that is ranked.
  ///   - mask: The class of each pixel, of the image's size.
  ///   - instances: The object that each pixel belongs to, of that size; nil where there are none.
  /// - Returns: An object a box; ids without a name have none.
  /// - Throws: ``EvaluationError`` when an embedding has no direction.
  public func callAsFunction(
    _ image: Image, at place: Int, mask: LabelImage, instances: LabelImage? = nil
  ) throws -> [CLIPRank.Object] {
    precondition(
      image.size == mask.size,
      "ClassSimilarities: an image of \(image.size) pixels with a mask of \(mask.size)")
    let regions = ClassRegion.all(in: mask, instances: instances, encoding: classes.encoding)
      .compactMap { region in words[region.id].map { (region: region, words: $0) } }
    let parts = try embedder(regions.map { $0.region.crop(image) })
    return zip(regions, parts).map { known, part in
      CLIPRank.Object(
        image: place, category: classes.name(of: known.region.id),
        similarity: cosine(part, known.words))
    }
  }
}
