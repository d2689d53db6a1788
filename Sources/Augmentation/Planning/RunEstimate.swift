import DurableFiles
import Foundation
public import ImageFiles

/// What a plan's run will cost, about.
public struct RunEstimate: Encodable, Sendable, Equatable {
  /// The bytes of a pixel in a picture's file, as photographs and repaintings of them have it.
  private static let bytesPerPixel: [AugmentationSettings.ImageFormat: Double] = [
    .jpeg: 0.45, .png: 1.4,
  ]

  /// What the output folder will hold, in bytes: the originals and the generated pictures.
  public let bytes: Int
  /// How long painting takes on the machine that was measured, in seconds; nil without a measurement.
  public let seconds: Double?

  /// Estimates a plan.
  ///
  /// - Parameters:
  ///   - sizes: The photographs' sizes, from ``AugmentationPlan/photographSizes(check:)``.
  ///   - pace: How fast pictures are painted; nil when nobody measured.
  /// - Throws: ``AugmentationError`` when a photograph or mask cannot be looked at.
  public init(of plan: AugmentationPlan, sizes: [ImageSize], pace: PaintingPace?) throws {
    let masks = try plan.sources.map { try Self.byteCount(of: $0.mask) }
    let photographs = try plan.sources.map { try Self.byteCount(of: $0.photograph) }
    let perPixel = Self.bytesPerPixel[plan.settings.imageFormat] ?? 1
    let generated = plan.pictures.map { picture in
      let size = sizes[picture.source]
      return masks[picture.source] + Int(Double(size.width * size.height) * perPixel)
    }
    bytes = (masks + photographs + generated).reduce(0, +)
    seconds = try pace.map { pace in
      try plan.pictures.reduce(0) { sum, picture in
        let size = try plan.paintingSize(
          of: picture.source, sizes: sizes, multiple: pace.sizeMultiple)
        return sum + pace.seconds(for: size)
      }
    }
  }

  private static func byteCount(of url: URL) throws -> Int {
    Int(
      try reading(url) { () throws(POSIXError) in try FileStatus(of: url, followingLinks: true) }?
        .byteCount ?? 0)
  }
}

extension AugmentationPlan {
  /// The size of every photograph, in the order of ``sources``.
  ///
  /// - Parameter check: Called between two files; what it throws ends the reading.
  /// - Throws: `ImageError` for a photograph that cannot be read.
  public func photographSizes(check: () throws -> Void = {}) throws -> [ImageSize] {
    try sources.map { source in
      try check()
      return try ImageSize(ofImageAt: source.photograph)
    }
  }

  /// The size at which a source is painted.
  package func paintingSize(of source: Int, sizes: [ImageSize], multiple: Int) throws
    -> PaintingSize
  {
    try PaintingSize(
      of: sizes[source], named: sources[source].photograph.path, resolution: settings.resolution,
      multiple: multiple)
  }
}
