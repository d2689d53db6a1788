import Faults
public import ImageFiles

/// An image of which a part is repainted: what the pipeline is given for it, and how what it paints comes back into the
/// image.
public struct MaskedImage: Sendable {
  /// How much of the image is painted, and how it is put back.
  public struct Settings: Sendable, Equatable, Codable {
    /// Blurs the mask before it is used, as Pillow's Gaussian filter of this radius in pixels does.
    public var blur: Double
    /// Paints the masked part alone, with so many pixels of its surroundings, at the full size, and puts it back:
    /// diffusers' `padding_mask_crop`. nil paints the whole image.
    public var crop: Int?
    /// Keeps the image's own pixels outside the mask, with a seam of so many pixels inside it; nil keeps them only as
    /// well as the autoencoder does.
    public var seam: Int?

    /// Collects the settings, by default diffusers'.
    public init(blur: Double = 0, crop: Int? = nil, seam: Int? = nil) {
      self.blur = blur
      self.crop = crop
      self.seam = seam
    }
  }

  /// What the pipeline starts from, of the size that is painted where only a part of the image is.
  public let image: Image
  /// What is white in it is repainted, from the middle grey on.
  public let mask: Image
  private let original: Image
  private let originalMask: Image
  private let region: MaskRegion?
  private let settings: Settings

  /// Prepares an image.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - mask: What is white is repainted; of another size, it is resized to the image's.
  ///   - size: Of what is painted.
  /// - Throws: ``PipelineError`` for a mask that leaves nothing to repaint.
  public init(
    _ image: Image, mask: Image, painting size: ImageSize, _ settings: Settings = Settings()
  ) throws {
    original = image.rgb()
    originalMask = mask.resized(width: image.width, height: image.height, .lanczos).grey()
      .gaussianBlurred(radius: settings.blur)
    self.settings = settings
    guard originalMask.pixels.contains(where: { $0 >= 128 }) else {
      throw PipelineError(
        .request,
        "the mask leaves nothing to repaint: it is nowhere lighter than the middle grey; white is what is repainted"
      )
    }
    let mask = originalMask
    let region = settings.crop.flatMap { MaskRegion(of: mask, padding: $0, painting: size) }
    self.region = region
    self.image = region?.part(of: original, at: size) ?? original
    self.mask = region?.part(of: originalMask, at: size) ?? originalMask
  }

  /// The image with what was painted in it.
  ///
  /// - Parameters:
  ///   - painted: Of the size that was asked for.
  ///   - size: Of the result where the whole image was painted; that of what was painted when absent. Where a part was
  ///     painted, the result has the image's own size.
  public func merged(_ painted: Image, at size: ImageSize? = nil) -> Image {
    if let region { return put(painted, in: region) }
    let (width, height) = (size?.width ?? painted.width, size?.height ?? painted.height)
    let result = painted.rgb().resized(width: width, height: height, .lanczos)
    guard let seam = settings.seam else { return result }
    return original.resized(width: width, height: height, .lanczos).covered(
      by: result,
      where: originalMask.resized(width: width, height: height, .lanczos).feathered(by: seam))
  }

  private func put(_ painted: Image, in region: MaskRegion) -> Image {
    var whole = original
    whole.paste(
      painted.rgb().resizedAndCropped(width: region.width, height: region.height), x: region.x,
      y: region.y)
    return original.covered(
      by: whole, where: settings.seam.map(originalMask.feathered) ?? originalMask)
  }

  /// The bytes of its images.
  public var byteCount: Int {
    original.pixels.count + originalMask.pixels.count
      + (region == nil ? 0 : image.pixels.count + mask.pixels.count)
  }
}
