import Faults
import ImageFiles

/// The sizes at which an annotator looks at an image and of its control image, each by its shorter side, about, in
/// pixels: sides are rounded to multiples of 64.
///
/// Source: `resize_image` of controlnet_aux.
public struct AnnotationResolution: Sendable, Equatable {
  /// What is drawn at most, in pixels: 2²⁸, as many as an image that is read may have.
  static let largestArea = 1 << 28

  /// At which size an annotator looks at the image.
  public var detect: Int
  /// Which size the control image has.
  public var image: Int

  /// Resolutions of at least 64; others trap.
  public init(detect: Int = 512, image: Int = 512) {
    precondition(
      detect >= 64 && image >= 64,
      "AnnotationResolution: \(detect) and \(image) must be at least 64 pixels")
    (self.detect, self.image) = (detect, image)
  }

  /// The image at the size at which an annotator looks at it, RGB.
  func detectable(_ image: Image) throws -> Image {
    let size = try Self.size(of: image.size, resolution: detect)
    let grows = detect > min(image.width, image.height)
    return image.rgb().resized(width: size.width, height: size.height, grows ? .lanczos4 : .area)
  }

  /// A map of a detectable image at the control image's size.
  func enlarge(_ map: Image) throws -> Image {
    let size = try Self.size(of: map.size, resolution: image)
    return map.resized(width: size.width, height: size.height, .bilinear)
  }

  /// - Throws: ``AnnotationError`` for a size of too many pixels.
  static func size(of size: ImageSize, resolution: Int) throws -> ImageSize {
    let scale = Double(resolution) / Double(min(size.width, size.height))
    func side(_ length: Int) -> Double {
      (Double(length) * scale / 64).rounded(.toNearestOrEven) * 64
    }
    let (width, height) = (side(size.width), side(size.height))
    guard width * height <= Double(largestArea) else {
      throw AnnotationError(
        .request,
        "at a resolution of \(resolution), an image of \(size) pixels would get more than \(largestArea). "
          + "Lower the resolution, or cut the image into pieces.")
    }
    return ImageSize(width: Int(width), height: Int(height))
  }
}
