import DiffusionPipelines
import Foundation
import ImageFiles

extension Repainting {
  /// What a photograph and its labels give for all repaintings of it.
  public struct Material: RecipeMaterial {
    /// The size that is painted.
    public let size: GenerationSize
    /// The size of the images; nil for the one that is painted.
    let outputSize: ImageSize?
    /// The control image of each prior, one channel unless it has colours.
    let controlImages: [Image]
    /// What is started from or repainted in part.
    let edited: Edited?
    /// The files of the repaintings' masks.
    let mask: Data
    let instances: Data?
    let fit: MaskFit?

    /// A photograph that goes into its repaintings.
    enum Edited: Sendable {
      /// As a whole, at the size that is painted.
      case whole(Image)
      /// In part.
      case part(MaskedImage)

      var image: Image {
        switch self {
        case .whole(let image): image
        case .part(let masked): masked.image
        }
      }
      var mask: Image? {
        switch self {
        case .whole: nil
        case .part(let masked): masked.mask
        }
      }
      var byteCount: Int {
        switch self {
        case .whole(let image): image.pixels.count
        case .part(let masked): masked.byteCount
        }
      }
    }

    /// The bytes of its parts.
    public var byteCount: Int {
      controlImages.reduce(0) { $0 + $1.pixels.count } + mask.count + (instances?.count ?? 0)
        + (fit?.byteCount ?? 0) + (edited?.byteCount ?? 0)
    }

    /// What was painted, as it is filed: at the size of the images, with what is kept of the photograph.
    func finished(_ painted: Image) -> Image {
      if case .part(let masked) = edited { return masked.merged(painted, at: outputSize) }
      let image = painted.rgb()
      return outputSize.map { image.resized(width: $0.width, height: $0.height, .lanczos) } ?? image
    }
  }
}

extension Image {
  /// One of equal channels, which takes a third of the memory.
  var firstChannel: Image {
    let samples = stride(from: 0, to: pixels.count, by: channels).map { pixels[$0] }
    return Image(width: width, height: height, channels: 1, pixels: samples)
  }
}
