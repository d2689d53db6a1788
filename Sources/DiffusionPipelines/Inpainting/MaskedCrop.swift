import DiffusionModels
public import ImageFiles

/// A masked thing that is painted by itself: a square of the image around it, at the size that is painted, and what comes
/// back into the image of it.
///
/// What is painted reaches a little further than the mask, so that its edge is the model's own work; what comes back ends
/// at the mask, in a soft seam inside it. Outside the mask the image stays as it is, to the bit.
public struct MaskedCrop: Sendable {
  /// How much of the image is painted, and how it is put back, in pixels of the image.
  public struct Settings: Sendable, Equatable {
    /// How many times the longer side of the mask's box the square's is.
    public var margin: Double
    /// The square is as wide as that of a box of this side, at least.
    public var leastSide: Int
    /// By how many pixels the mask is grown for painting.
    public var growth: Int
    /// The width of the seam: at most a sixteenth of the mask's size, the root of its area, lest small things keep what
    /// they were.
    public var seam: Int

    /// Collects the settings.
    public init(margin: Double = 2, leastSide: Int = 1, growth: Int = 0, seam: Int = 4) {
      (self.margin, self.leastSide, self.growth, self.seam) = (margin, leastSide, growth, seam)
    }
  }

  /// The square of the image, of the size that is painted.
  public let image: Image
  /// What is white in it is repainted, of the same size.
  public let mask: Image
  /// The mask itself, not grown, of the same size.
  public let exactMask: Image
  private let region: MaskRegion
  /// How much of what was painted comes back, of the region's size.
  private let shares: Image

  /// Prepares a part of an image.
  ///
  /// - Parameters:
  ///   - image: The image, RGB.
  ///   - mask: White where the thing is, of the image's size, one channel; at least one pixel.
  ///   - box: A box around the thing, beyond which the mask reaches by the width of the seam at most.
  ///   - size: Of what is painted.
  public init(
    of image: Image, mask: Image, box: (x: Int, y: Int, width: Int, height: Int),
    painting size: ImageSize, _ settings: Settings = Settings()
  ) {
    precondition(
      image.size == mask.size && mask.channels == 1,
      "MaskedCrop: a mask of \(mask.size)×\(mask.channels) for an image of \(image.size)")
    region = MaskRegion(around: box, in: image.size, settings)
    let own = region.crop(mask)
    let side = Int(Double(own.pixels.count { $0 == 255 }).squareRoot())
    shares = own.feathered(by: min(settings.seam, side / 16))
    self.image = region.part(of: image, at: size)
    self.mask = region.scaled(own.grown(by: settings.growth), to: size)
    exactMask = region.scaled(own, to: size)
  }

  /// Puts what was painted into the image, where the mask is.
  ///
  /// - Parameters:
  ///   - painted: Of the size that was asked for.
  ///   - image: The image, or one in which other things have been painted already.
  public func paste(_ painted: Image, into image: inout Image) {
    let painted = painted.rgb().resizedAndCropped(width: region.width, height: region.height)
    image.paste(
      region.crop(image).covered(by: painted, where: shares), x: region.x, y: region.y)
  }

  /// The thing in its box of what is painted, for models that take boxes.
  ///
  /// - Parameter phrase: What it is.
  public func object(_ phrase: String) -> BoxedObject {
    let isCovered = exactMask.pixels.map { $0 >= 128 }
    let covered = isCovered.indices.filter { isCovered[$0] }
    let (columns, rows) = (covered.map { $0 % mask.width }, covered.map { $0 / mask.width })
    func share(_ place: Int?, of length: Int, or other: Float) -> Float {
      place.map { Float($0) / Float(length) } ?? other
    }
    return BoxedObject(
      phrase,
      in: BoundingBox(
        x0: share(columns.min(), of: mask.width, or: 0),
        y0: share(rows.min(), of: mask.height, or: 0),
        x1: share(columns.max().map { $0 + 1 }, of: mask.width, or: 1),
        y1: share(rows.max().map { $0 + 1 }, of: mask.height, or: 1)))
  }
}

extension MaskRegion {
  /// The square around a box, moved into the image; where the image is narrower, all of its rows or columns.
  fileprivate init(
    around box: (x: Int, y: Int, width: Int, height: Int), in image: ImageSize,
    _ settings: MaskedCrop.Settings
  ) {
    let longer = max(box.width, box.height)
    // A pixel around the mask at least: there the seam begins.
    let side = max(
      Int((Double(max(longer, settings.leastSide)) * settings.margin).rounded(.up)),
      longer + 2 * (settings.seam + 1))
    (x, y, width, height) = image.square(of: side, around: box)
  }

  fileprivate func crop(_ image: Image) -> Image {
    image.cropped(x: x, y: y, width: width, height: height)
  }

  /// What lies in the region, at the size that is painted.
  fileprivate func scaled(_ crop: Image, to size: ImageSize) -> Image {
    crop.resizedAndFilled(width: size.width, height: size.height)
  }
}
