import Foundation

/// How evenly a dataset's photographs are spread over its classes.
///
/// n_c counts the photographs that show class c, N = Σ n_c, and p_c = n_c / N:
///
///     entropy = −Σ p_c log₂ p_c        imbalance = max n_c / N
///
/// Source: Che et al., "Enhanced Generative Data Augmentation for Semantic Segmentation via Stronger
/// Guidance", ICPRAM 2025, table 4.
public struct DatasetStatistics: Sendable, Equatable {
  /// The classes that are counted.
  public let classes: ClassList
  /// Photographs in all.
  public let images: Int
  /// n_c by class id; classes that no photograph shows have 0.
  public let imagesPerClass: [UInt8: Int]
  /// How many photographs show no class, one class, two …
  public let classesPerImage: [Int: Int]
  /// Pixels by class id, in all masks together; empty when they were not counted.
  public let pixelsPerClass: [UInt8: Int]

  /// Counts photographs by their classes.
  ///
  /// - Parameters:
  ///   - classSets: Each photograph's classes. A generated one counts like its source.
  ///   - pixels: Pixels by id, 256 counts, or none.
  ///   - classes: Names of the ids.
  public init(of classSets: [Set<UInt8>], pixels: [Int] = [], classes: ClassList) {
    precondition(
      pixels.isEmpty || pixels.count == 256, "DatasetStatistics: \(pixels.count) counts, not 256")
    self.classes = classes
    images = classSets.count
    var counts = [Int](repeating: 0, count: 256)
    for set in classSets { for id in set { counts[Int(id)] += 1 } }
    imagesPerClass = Dictionary(uniqueKeysWithValues: classes.ids.map { ($0, counts[Int($0)]) })
    classesPerImage = Dictionary(classSets.map { ($0.count, 1) }, uniquingKeysWith: +)
    pixelsPerClass = Dictionary(
      uniqueKeysWithValues: pixels.isEmpty ? [] : classes.ids.map { ($0, pixels[Int($0)]) })
  }

  /// Counts the photographs and pixels that a scan found.
  public init(of scan: DatasetScan, classes: ClassList) {
    self.init(of: scan.images.values.map(\.classes), pixels: scan.pixels, classes: classes)
  }

  /// The entropy of the classes' shares, in bits; 0 without any class, at most log₂ of their number.
  public var entropy: Double {
    // Sorted, so that the rounding of the sum does not depend on a dictionary's order.
    shares.sorted().filter { $0 > 0 }.reduce(0) { $0 - $1 * log2($1) }
  }

  /// The largest class's share; 0 without any class.
  public var imbalance: Double { shares.max() ?? 0 }

  private var shares: [Double] {
    let total = imagesPerClass.values.reduce(0, +)
    return total == 0 ? [] : imagesPerClass.values.map { Double($0) / Double(total) }
  }
}

extension DatasetStatistics: Encodable {
  private enum CodingKeys: String, CodingKey {
    case images, entropy, imbalance, imagesPerClass, classesPerImage, pixelsPerClass
  }

  /// Writes one object, with classes by name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
    try container.encode(entropy, forKey: .entropy)
    try container.encode(imbalance, forKey: .imbalance)
    try container.encode(imagesPerClassName, forKey: .imagesPerClass)
    let histogram = Dictionary(
      uniqueKeysWithValues: classesPerImage.map { (String($0.key), $0.value) })
    try container.encode(histogram, forKey: .classesPerImage)
    try container.encode(byName(pixelsPerClass), forKey: .pixelsPerClass)
  }

  /// n_c by the class's name.
  package var imagesPerClassName: [String: Int] { byName(imagesPerClass) }

  private func byName(_ counts: [UInt8: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { (classes.name(of: $0.key), $0.value) })
  }
}
