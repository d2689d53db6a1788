import DatasetEvaluation
import Faults
import Foundation
import ImageFiles

/// Takes the Fréchet inception distance of images to others, with progress.
struct FIDScoring {
  private let features: InceptionFeatures

  init(_ features: InceptionFeatures) { self.features = features }

  /// Refuses sets without a covariance, and warns of small ones.
  static func check(_ images: JudgedImages, _ references: JudgedImages) throws {
    let counts = [images.entries.count, references.entries.count]
    guard counts.allSatisfy({ $0 > 1 }) else {
      throw CommandError(
        .badData,
        "A distance is taken between sets of images; there are \(counts[0]) images and \(counts[1]) of the reference. "
          + "Give at least two of each, better \(InceptionFeatures.recommendedCount) or more.")
    }
    if counts.contains(where: { $0 < InceptionFeatures.recommendedCount }) {
      Console.warning(
        "the distance of \(counts[0]) images to \(counts[1]) depends on how many they are: below "
          + "\(InceptionFeatures.recommendedCount) compare it only with that of as many others.")
    }
  }

  /// The distance, and what it would be of infinitely many images.
  func distance(_ images: JudgedImages, _ references: JudgedImages) throws -> ScoreReport.FID {
    let distance = FrechetDistance(to: try read(references, "reference"))
    let features = try read(images, "image")
    let report = ProgressReport()
    let extrapolated =
      features.rows < FIDInfinity.leastCount
      ? nil
      : try FIDInfinity.estimate(features, distance) { done, all in
        try StopSignals.check()
        report.show("distance of part \(done)/\(all)", fraction: Double(done) / Double(all))
      }
    return ScoreReport.FID(
      distance: distance(features), extrapolated: extrapolated,
      referenceImages: references.entries.count)
  }

  private func read(_ images: JudgedImages, _ word: String) throws -> Matrix {
    let report = ProgressReport()
    var reader = JudgedImageReader()
    let rows = try images.entries.enumerated().map { index, entry in
      try StopSignals.check()
      let row = features(try reader.image(of: entry))
      guard row.allSatisfy(\.isFinite) else {
        throw CommandError(
          .degenerate,
          "\(entry.file.path): the features of this image are no numbers. The network is damaged: convert it again."
        )
      }
      report.show(
        "\(word) \(index + 1)/\(images.entries.count)",
        fraction: Double(index + 1) / Double(images.entries.count))
      return row
    }
    return Matrix(rows: rows)
  }
}
