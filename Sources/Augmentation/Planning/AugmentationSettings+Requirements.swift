import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

extension AugmentationSettings {
  /// The multiple of the sides that models ask for at most. The model itself is not loaded yet when
  /// photographs are checked.
  private static let commonMultiple = 64
  /// The bytes that file systems allow a name, without those that may come after a stem: the number of a
  /// repainting and the extension.
  private static let longestStem = 255 - "_1000000".utf8.count - ".jpeg".utf8.count

  /// Checks the settings against the meaning of a dataset's ids too.
  ///
  /// - Throws: ``AugmentationError`` of kind `request`.
  func validate(for classes: ClassList) throws {
    try validate()
    if let part, classes.background == nil {
      throw AugmentationError(
        .request,
        "the \(part.region.rawValue) alone cannot be repainted: this dataset has no background that objects stand out "
          + "from\(classes.names[0].map { ", since id 0 is '\($0)'" } ?? ""). Repaint whole photographs.",
        remedies: [Remedy(.repaintedPart)])
    }
    guard priors.contains(where: \.borderAsBackground) && classes.background == nil else { return }
    throw AugmentationError(
      .request,
      "the border cannot count as background: this dataset has no background"
        + (classes.names[0].map { ", since id 0 is '\($0)'" } ?? "")
        + ". Leave the border as it is.",
      remedies: [Remedy(.borderAsBackground)])
  }

  /// Checks that a photograph can be repainted, as a whole or in its instances.
  ///
  /// - Throws: `DatasetError` for a name that leaves no room for a number, and for a shape that is not
  ///   painted.
  @Sendable func require(_ entry: SegmentationDataset.Entry, _ size: ImageSize) throws(DatasetError)
  {
    let length = entry.stem.utf8.count
    guard length <= Self.longestStem else {
      throw DatasetError([
        DatasetProblem(
          stem: entry.stem, place: entry.image.path,
          found: "the name has \(length) bytes without its extension, at most \(Self.longestStem) "
            + "leave room for the number of a repainting",
          remedy: "Give photograph and mask a shorter name.")
      ])
    }
    _ = try GenerationSize(
      of: AugmentationPlan.paintedShape(of: size, self), named: entry.image.path, stem: entry.stem,
      resolution: resolution,
      multiple: Self.commonMultiple)
  }
}
