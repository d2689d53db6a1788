import DiffusionPipelines
import Faults
import Foundation
public import ImageAnnotation
import ImageFiles
import SegmentationDatasets

/// Repaints a photograph along its outlines and those of its labels: a new image, and the labels of the old one.
///
/// Source: Che et al., "Enhanced Generative Data Augmentation for Semantic Segmentation via Stronger Guidance",
/// ICPRAM 2025.
public struct Repainting: Recipe {
  private let settings: AugmentationSettings
  private let classes: ClassList
  private let layouts: LayoutPair
  private let generator: any ImageGenerator
  private let annotators: [(any ControlAnnotator)?]

  /// Puts together what repaints.
  ///
  /// - Parameters:
  ///   - plan: Says how, and what the labels mean.
  ///   - generator: Paints along the outlines.
  ///   - annotators: Draw the outlines, one for each of the settings' priors; nil where label edges are the prior.
  public init(
    _ plan: AugmentationPlan, generator: any ImageGenerator, annotators: [(any ControlAnnotator)?]
  ) {
    (settings, classes, layouts) = (plan.settings, plan.classes, plan.layouts)
    precondition(
      annotators.count == settings.priors.count,
      "Repainting: \(annotators.count) annotators for \(settings.priors.count) priors")
    self.generator = generator
    self.annotators = annotators
  }

  /// The generator's.
  public var traits: GeneratorTraits { generator.traits }
  /// The generator's.
  public var identity: String { generator.identity }

  /// The sampling's.
  public var steps: Int { settings.sampling.stepsTaken }

  /// As some annotator does.
  public var drawsOnDevice: Bool { annotators.contains { $0?.usesDevice ?? false } }

  /// Whether images and masks stay at the size that is painted.
  private var keepsSize: Bool { settings.keepsPaintedSize == true }

  /// Draws the outlines of a photograph and its labels.
  public func material(
    from source: SourceFiles?, check: () throws -> Void
  ) throws -> Material {
    guard let source else { preconditionFailure("Repainting: there is nothing to repaint") }
    let entry = source.entry
    let photograph = try Image(decoding: source.image, name: entry.image.path)
    let labels = try entry.mask.labels(in: source.mask)
    let size = try GenerationSize(
      of: AugmentationPlan.paintedShape(of: photograph.size, settings), named: entry.image.path,
      resolution: settings.resolution,
      multiple: generator.sizeMultiple)
    let (width, height) = (size.width, size.height)
    let controlImages = try controlImages(photograph, labels, size, check)
    let paintedLabels = labels.resizedNearest(width: width, height: height)
    let instances = try source.instances.map { data in
      guard keepsSize || !layouts.isOne, let objects = entry.instances else { return data }
      return try layouts.instances(data, objects, mask: keepsSize ? paintedLabels : labels)
    }
    return Material(
      size: size, outputSize: keepsSize ? nil : photograph.size,
      controlImages: controlImages,
      edited: try edited(photograph, labels, entry, ImageSize(width: width, height: height)),
      mask: keepsSize ? try paintedLabels.pngData() : source.mask, instances: instances,
      fit: isScribbled(labels)
        ? nil
        : MaskFit(
          photograph: photograph.atGenerationSize(width: width, height: height),
          labels: paintedLabels))
  }

  /// Whether labels are lines along things, whose outlines say nothing of an image.
  private func isScribbled(_ labels: LabelImage) -> Bool {
    guard settings.encodeRatios != nil else { return false }
    let open = labels.ids.count { classes.ignored.contains($0) }
    return 2 * open > labels.ids.count
  }

  /// The photograph, where a run starts from it or repaints a part of it.
  private func edited(
    _ photograph: Image, _ labels: LabelImage, _ entry: SegmentationDataset.Entry, _ size: ImageSize
  ) throws -> Material.Edited? {
    guard let part = settings.part else {
      // ScribbleGen's networks learnt from photographs that OpenCV had resized.
      let filter = settings.encodeRatios == nil ? ResizeFilter.lanczos : .cubic
      return settings.sampling.start == .noise
        ? nil : .whole(photograph.rgb().resized(width: size.width, height: size.height, filter))
    }
    let mask = part.mask(of: labels, in: classes.encoding)
    guard mask.pixels.contains(255) else {
      throw AugmentationError(
        .badData,
        "\(entry.mask.path): there is no \(part.region.rawValue) to repaint, every pixel has a class. Take the "
          + "photograph off the split's list, or repaint another part",
        remedies: [Remedy(.repaintedPart)])
    }
    return .part(try MaskedImage(photograph, mask: mask, painting: size, .init(seam: part.seam)))
  }

  /// The control image of each prior, one channel unless it has colours; equal priors are drawn once.
  private func controlImages(
    _ photograph: Image, _ labels: LabelImage, _ size: GenerationSize, _ check: () throws -> Void
  ) throws -> [Image] {
    var images: [Image] = []
    for (index, prior) in settings.priors.enumerated() {
      let first = settings.priors.firstIndex(of: prior) ?? index
      if first < index {
        images.append(images[first])
        continue
      }
      let priors = try VisualPriors(
        photograph: photograph, labels: labels, width: size.width, height: size.height,
        settings: prior, classes: classes, annotator: annotators[index], check: check)
      images.append(prior.kind.hasColours ? priors.blend : priors.blend.firstChannel)
    }
    return images
  }

  /// Paints images and gives them their sources' labels.
  public func make(
    _ requests: [RecipeRequest<Material>], progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput] {
    try make(requests, settings.sampling, progress: progress)
  }

  /// Paints images that begin in a way of their own.
  func make(
    _ requests: [RecipeRequest<Material>], _ sampling: SamplingSettings,
    progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput] {
    let images = try generator.paint(requests.map(pictureRequest), sampling) {
      try progress($0, $1)
    }
    precondition(
      images.count == requests.count,
      "ImageGenerator: \(images.count) images for \(requests.count) requests")
    return zip(requests, images).map { request, image in
      let material = request.material
      precondition(
        image.width == material.size.width && image.height == material.size.height,
        "ImageGenerator: an image of \(image.width)×\(image.height) for a control image of "
          + "\(material.size.width)×\(material.size.height)")
      return RecipeOutput(
        image: material.finished(image),
        mask: material.mask, instances: material.instances, fit: material.fit?(image))
    }
  }

  private func pictureRequest(_ request: RecipeRequest<Material>) -> ImageRequest {
    ImageRequest(
      prompt: request.picture.prompt, negativePrompt: settings.negativePrompt,
      width: request.material.size.width, height: request.material.size.height, seed: request.seed,
      image: request.material.edited?.image, mask: request.material.edited?.mask,
      controlImages: request.material.controlImages)
  }
}
