import DiffusionPipelines
import Foundation
import ImageFiles
import SegmentationDatasets

/// Repaints a photograph along its outlines and those of its labels: a new picture, and the labels of the old one.
///
/// Source: Che et al., "Enhanced Generative Data Augmentation for Semantic Segmentation via Stronger Guidance",
/// ICPRAM 2025.
public struct Repainting: Recipe {
  private let settings: AugmentationSettings
  private let classes: ClassList
  private let painter: any Painter
  private let detector: (any PriorDetector)?

  /// Puts together what repaints.
  ///
  /// - Parameters:
  ///   - plan: Says how, and what the labels mean.
  ///   - painter: Paints along the outlines.
  ///   - detector: Draws the outlines; nil when label edges are the prior.
  public init(
    _ plan: AugmentationPlan, painter: any Painter, detector: (any PriorDetector)?
  ) {
    (settings, classes) = (plan.settings, plan.classes)
    (self.painter, self.detector) = (painter, detector)
  }

  /// The painter's.
  public var traits: PainterTraits { painter.traits }
  /// The painter's.
  public var identity: String { painter.identity }

  /// The sampling's.
  public var steps: Int { settings.sampling.steps }

  /// Whether pictures and masks stay at the size that is painted.
  private var keepsSize: Bool { settings.keepsPaintedSize == true }

  /// Draws the outlines of a photograph and its labels.
  public func material(
    from source: SourceFiles?, check: () throws -> Void
  ) throws -> Material {
    guard let source else { preconditionFailure("Repainting: there is nothing to repaint") }
    let entry = source.entry
    let photograph = try Image(decoding: source.image, name: entry.image.path)
    let labels = try LabelImage(decoding: source.mask, name: entry.mask.path)
    let size = try PaintingSize(
      of: photograph.size, named: entry.image.path, resolution: settings.resolution,
      multiple: painter.sizeMultiple)
    let (width, height) = (size.width, size.height)
    let priors = try VisualPriors(
      photograph: photograph, labels: labels, width: width, height: height,
      settings: settings.prior, classes: classes, detector: detector, check: check)
    let paintedLabels = labels.resizedNearest(width: width, height: height)
    let instances = try source.instances.map { data in
      guard keepsSize, let file = entry.instances else { return data }
      return try LabelImage(decoding: data, name: file.path)
        .resizedNearest(width: width, height: height).pngData()
    }
    return Material(
      size: size, outputSize: keepsSize ? nil : photograph.size,
      guide: priors.blend.firstChannel,
      mask: keepsSize ? try paintedLabels.pngData() : source.mask, instances: instances,
      fit: MaskFit(
        photograph: photograph.atPaintingSize(width: width, height: height),
        labels: paintedLabels))
  }

  /// Paints pictures and gives them their sources' labels.
  public func make(
    _ requests: [RecipeRequest<Material>], progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput] {
    let images = try painter.paint(requests.map(pictureRequest), settings.sampling) {
      try progress($0, $1)
    }
    precondition(
      images.count == requests.count,
      "Painter: \(images.count) pictures for \(requests.count) requests")
    return zip(requests, images).map { request, image in
      let material = request.material
      precondition(
        image.width == material.size.width && image.height == material.size.height,
        "Painter: a picture of \(image.width)×\(image.height) for a guide of "
          + "\(material.size.width)×\(material.size.height)")
      let picture = image.rgb()
      return RecipeOutput(
        image: material.outputSize.map {
          picture.resized(width: $0.width, height: $0.height, .lanczos)
        } ?? picture,
        mask: material.mask, instances: material.instances, fit: material.fit?(image))
    }
  }

  private func pictureRequest(_ request: RecipeRequest<Material>) -> PictureRequest {
    PictureRequest(
      prompt: request.picture.prompt, negativePrompt: settings.negativePrompt,
      width: request.material.size.width, height: request.material.size.height, seed: request.seed,
      guide: request.material.guide.rgb())
  }
}

extension Repainting {
  /// What a photograph and its labels give for all repaintings of it.
  public struct Material: RecipeMaterial {
    /// The size that is painted.
    public let size: PaintingSize
    /// The size of the pictures; nil for the one that is painted.
    let outputSize: ImageSize?
    /// The blended outlines, one channel.
    let guide: Image
    /// The files of the repaintings' masks.
    let mask: Data
    let instances: Data?
    let fit: MaskFit?

    /// The bytes of its parts.
    public var byteCount: Int {
      guide.pixels.count + mask.count + (instances?.count ?? 0) + (fit?.byteCount ?? 0)
    }
  }
}

extension Image {
  /// One of three equal channels, which takes a third of the memory.
  fileprivate var firstChannel: Image {
    let samples = stride(from: 0, to: pixels.count, by: channels).map { pixels[$0] }
    return Image(width: width, height: height, channels: 1, pixels: samples)
  }
}
