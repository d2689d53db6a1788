import DurableFiles
import Foundation
import ImageFiles
import SegmentationDatasets

/// What a plan's run will cost, about.
public struct RunEstimate: Encodable, Sendable, Equatable {
  /// The bytes of a pixel in an image's file, as photographs and repaintings of them have it.
  private static let bytesPerPixel: [AugmentationSettings.ImageFormat: Double] = [
    .jpeg: 0.45, .png: 1.4,
  ]

  /// What the output folder will hold, in bytes: the originals and the generated images.
  public let bytes: Int
  /// How long painting takes on the machine that was measured, in seconds; nil without a measurement.
  public let seconds: Double?

  /// Estimates a plan.
  ///
  /// - Parameter pace: How fast images are painted; nil when nobody measured.
  /// - Throws: ``AugmentationError`` when a file of the dataset cannot be looked at.
  public init(of plan: AugmentationPlan, pace: GenerationPace?) throws {
    let labels = try plan.sources.map { source in
      try ([source.mask] + [source.entry.instances].compactMap(\.self))
        .map { try Self.byteCount(of: $0, size: source.size) }.reduce(0, +)
    }
    let photographs = try plan.sources.map { try Self.byteCount(of: $0.photograph) }
    let perPixel = Self.bytesPerPixel[plan.settings.imageFormat] ?? 1
    let generated = plan.pictures.map { picture in
      let size = plan.size(of: picture)
      let mask = picture.source.map { labels[$0] } ?? 0
      return mask + Int(Double(size.width * size.height) * perPixel)
    }
    bytes = (labels + photographs + generated).reduce(0, +)
    seconds = try pace.map { pace in
      try plan.pictures.reduce(0) { sum, picture in
        let size = try plan.generationSize(of: picture, multiple: pace.sizeMultiple)
        return sum + pace.seconds(for: size) * Double(picture.repainted?.count ?? 1)
      }
    }
  }

  /// A sixteenth of a byte a pixel, about, for labels that are drawn.
  private static func byteCount(of labels: LabelSource, size: ImageSize) throws -> Int {
    if case .shapes = labels { return size.width * size.height / 16 }
    return try byteCount(of: labels.url)
  }

  private static func byteCount(of url: URL) throws -> Int {
    Int(
      try reading(url) { () throws(POSIXError) in try FileStatus(of: url, followingLinks: true) }?
        .byteCount ?? 0)
  }
}

extension AugmentationPlan {
  /// The size at which an image is written: its source's or, without one, a square of the resolution.
  func size(of picture: PlannedImage) -> ImageSize {
    picture.source.map { sources[$0].size }
      ?? ImageSize(width: settings.resolution, height: settings.resolution)
  }

  /// The size at which an image is painted, or each of its instances.
  package func generationSize(of picture: PlannedImage, multiple: Int) throws -> GenerationSize {
    try GenerationSize(
      of: Self.paintedShape(of: size(of: picture), settings),
      named: picture.source.map { sources[$0].photograph.path } ?? "",
      resolution: settings.resolution, multiple: multiple)
  }
}
