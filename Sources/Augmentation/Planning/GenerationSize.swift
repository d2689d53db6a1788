import Faults
public import ImageFiles
public import SegmentationDatasets

/// The width and height at which a photograph is repainted, in pixels.
public struct GenerationSize: Hashable, Sendable {
  /// What is painted at most, in pixels: 4096 × 4096, far more than models have learnt.
  static let largestArea = 1 << 24
  /// How many times the shorter side of a photograph its longer one is, at most.
  static let longestShape = 16

  /// The width.
  public let width: Int
  /// The height.
  public let height: Int

  /// A size that is known.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The size nearest to the photograph's shape that a model can take.
  ///
  /// The photograph is scaled until its shorter side is `resolution`, then each side is rounded to a
  /// multiple, halves to the even one.
  ///
  /// - Parameters:
  ///   - photograph: The photograph's size.
  ///   - place: What to call the photograph in an error.
  ///   - stem: Its stem in its dataset.
  ///   - resolution: What the shorter side becomes, about, in pixels.
  ///   - multiple: What the model's sides are multiples of, in pixels.
  /// - Throws: `DatasetError` for a strip of more than 16:1, and for more than 2²⁴ pixels to paint.
  ///
  /// Source: `resize_image` of lllyasviel's annotators, where the multiple is 64.
  public init(
    of photograph: ImageSize, named place: String, stem: String? = nil, resolution: Int,
    multiple: Int
  ) throws(DatasetError) {
    let shorter = min(photograph.width, photograph.height)
    precondition(
      shorter > 0 && resolution > 0 && multiple > 0,
      "Painting size: \(photograph) at \(resolution) in steps of \(multiple) must be positive")
    func check(
      _ isRight: Bool, _ found: String, _ remedy: String, _ remedies: [Remedy] = []
    ) throws(DatasetError) {
      if isRight { return }
      throw DatasetError([
        DatasetProblem(stem: stem, place: place, found: found, remedy: remedy, remedies: remedies)
      ])
    }
    func side(_ length: Int) -> Int {
      let scaled = Double(length) * Double(resolution) / Double(shorter)
      return max(1, Int((scaled / Double(multiple)).rounded(.toNearestOrEven))) * multiple
    }
    try check(
      max(photograph.width, photograph.height) <= Self.longestShape * shorter,
      "the photograph has \(photograph) pixels, but strips of more than \(Self.longestShape):1 are "
        + "not painted", "Cut photograph and mask into pieces.")
    self.init(width: side(photograph.width), height: side(photograph.height))
    try check(
      Self.isPaintable(width, height),
      "at a resolution of \(resolution), its \(photograph) pixels would be painted as "
        + "\(width)×\(height), more than \(Self.largestArea) in all", "Lower the resolution.",
      [Remedy(.resolution)])
  }

  private static func isPaintable(_ width: Int, _ height: Int) -> Bool {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    return width > 0 && height > 0 && !overflow && area <= largestArea
  }
}

extension GenerationSize: Codable {
  private enum CodingKeys: String, CodingKey { case width, height }

  /// Reads a size that was painted.
  ///
  /// - Throws: `DecodingError` for one that cannot have been.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      width: container.decode(Int.self, forKey: .width),
      height: container.decode(Int.self, forKey: .height))
    guard Self.isPaintable(width, height) else {
      throw DecodingError.dataCorruptedError(
        forKey: .width, in: container,
        debugDescription: "\(width)×\(height) pixels are no size that is painted")
    }
  }
}
