/// The width and height at which a photograph is repainted, in pixels.
public struct PaintingSize: Codable, Hashable, Sendable {
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
  ///   - width: The photograph's width.
  ///   - height: The photograph's height.
  ///   - resolution: What the shorter side becomes, about.
  ///   - multiple: What the model's sides are multiples of.
  ///
  /// Source: `resize_image` of lllyasviel's annotators, where the multiple is 64.
  public init(ofWidth width: Int, height: Int, resolution: Int, multiple: Int) {
    precondition(
      width > 0 && height > 0 && resolution > 0 && multiple > 0,
      "Painting size: \(width)×\(height) at \(resolution) in steps of \(multiple) must be positive")
    func side(_ length: Int) -> Int {
      let scaled = Double(length) * Double(resolution) / Double(min(width, height))
      return max(1, Int((scaled / Double(multiple)).rounded(.toNearestOrEven))) * multiple
    }
    self.init(width: side(width), height: side(height))
  }
}
