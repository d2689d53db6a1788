import DurableFiles
import Faults
public import Foundation
public import ImageFiles
public import SegmentationDatasets

/// Which class of a dataset each class of a segmenter is.
///
/// Classes are the same that have the same name, whatever its capitals, spaces and strokes; others are given by name. What
/// is no class of the dataset is its background.
public struct ClassMap: Sendable, Equatable {
  /// The dataset's id for each of the segmenter's, 256 in all.
  private let ids: [UInt8]

  /// Compares names.
  ///
  /// - Parameters:
  ///   - segmenter: The segmenter's classes, by id.
  ///   - dataset: The dataset's.
  ///   - names: The dataset's names of the segmenter's classes that have another there, by theirs; nil for one that is no
  ///     class of the dataset.
  /// - Throws: ``EvaluationError`` when a name is of neither, or nothing would be found of a class of the dataset.
  public init(
    from segmenter: [String], to dataset: ClassList, renaming names: [String: String?] = [:]
  ) throws {
    let known = Self.identifiers(of: dataset)
    let given = Dictionary(names.map { (Self.plain($0.key), $0.value) }) { $1 }
    try Self.check(names, segmenter, dataset, known)
    let other = dataset.background ?? dataset.ignored.min() ?? 255
    var ids = [UInt8](repeating: other, count: 256)
    for (id, name) in segmenter.enumerated() {
      let own = Self.plain(name)
      let wanted = given[own].map { $0.map(Self.plain) } ?? own
      ids[id] = wanted.flatMap { known[$0] } ?? other
    }
    self.ids = ids
    let found = Set(ids.prefix(segmenter.count))
    try Self.requireAll(dataset.ids.filter { !found.contains($0) }, dataset, segmenter)
  }

  /// The dataset's id for a class of the segmenter.
  public subscript(id: Int) -> UInt8 { ids[id] }

  /// The labels that a segmenter gave, with the dataset's ids and colours.
  public func callAsFunction(_ labels: LabelImage, palette: [RGB] = []) -> LabelImage {
    LabelImage(
      width: labels.width, height: labels.height, ids: labels.ids.map { ids[Int($0)] },
      palette: palette)
  }

  /// Reads the names of a JSON object: the segmenter's, and for each the dataset's or `null`.
  ///
  /// - Throws: ``EvaluationError`` for a file that is none.
  public static func names(contentsOf file: URL) throws -> [String: String?] {
    do {
      return try JSONDecoder().decode([String: String?].self, from: Data(contentsOf: file))
    } catch let error as DecodingError {
      throw EvaluationError(
        .badData,
        "\(file.path): this is no JSON object of names, as {\"car\": \"automobile\", \"sky\": null}: "
          + summary(of: error) + ".")
    }
  }

  private static func identifiers(of dataset: ClassList) -> [String: UInt8] {
    var known: [String: UInt8] = [:]
    for id in dataset.ids + [dataset.background].compactMap({ $0 }) {
      for name in [dataset.name(of: id), dataset.words(for: id)] { known[plain(name)] = id }
    }
    return known
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func check(
    _ names: [String: String?], _ segmenter: [String], _ dataset: ClassList,
    _ known: [String: UInt8]
  ) throws {
    let own = Set(segmenter.map(plain))
    for (name, wanted) in names.sorted(by: { $0.key < $1.key }) {
      if !own.contains(plain(name)) {
        throw EvaluationError(
          .badData,
          "the segmenter has no class '\(name)'; it has " + segmenter.joined(separator: ", ") + ".",
          remedies: [Remedy(.classMap)])
      }
      if let wanted, known[plain(wanted)] == nil {
        throw EvaluationError(
          .badData,
          "the dataset has no class '\(wanted)'; it has "
            + dataset.ids.map(dataset.name).joined(separator: ", ") + ".",
          remedies: [Remedy(.classMap)])
      }
    }
  }

  private static func requireAll(
    _ missing: [UInt8], _ dataset: ClassList, _ segmenter: [String]
  ) throws {
    guard !missing.isEmpty else { return }
    throw EvaluationError(
      .badData,
      "the segmenter has no class called \(missing.map(dataset.name).joined(separator: ", ")). Its classes are "
        + "\(segmenter.joined(separator: ", ")). Say which are which in a JSON file of names, "
        + "{\"its class\": \"the dataset's\", …}.",
      remedies: [Remedy(.classMap)])
  }
}
