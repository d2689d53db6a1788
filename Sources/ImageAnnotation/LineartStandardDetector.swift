public import ImageFiles

/// What is darker than its surroundings, white on black, without any network.
///
/// Source: `LineartStandardDetector` of controlnet_aux.
public struct LineartStandardDetector: ControlAnnotator {
  /// How far surroundings reach: a Gaussian bell's standard deviation, in pixels.
  private static let sigma = 6.0
  /// Differences above this many levels count towards the typical one.
  private static let threshold: Float = 8

  /// Makes a detector.
  public init() {}

  /// A core is enough.
  public var usesDevice: Bool { false }

  /// Draws lines.
  public func callAsFunction(_ image: Image) -> Image {
    let rgb = image.rgb()
    let levels = rgb.pixels.map(Float.init)
    let blurred = levels.gaussianBlurred(
      width: rgb.width, height: rgb.height, channels: 3, sigma: Self.sigma)
    let differences = stride(from: 0, to: levels.count, by: 3).map { pixel in
      let darker = (pixel..<pixel + 3).map { blurred[$0] - levels[$0] }
      return min(max(darker.min() ?? 0, 0), 255)
    }
    let scale = max(16, Self.median(differences.filter { $0 > Self.threshold }) ?? 16)
    return Image(
      width: rgb.width, height: rgb.height, channels: 1,
      pixels: differences.map { UInt8(min(max($0 / scale * 127, 0), 255)) })
  }

  /// Draws lines at the one size; the control image has the image's own.
  public func callAsFunction(_ image: Image, at resolution: AnnotationResolution) throws -> Image {
    self(try resolution.detectable(image)).resized(
      width: image.width, height: image.height, .cubic)
  }

  private static func median(_ values: [Float]) -> Float? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
