public import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// Paints instances of a photograph anew, each by itself in a square around it, and puts them back where they are seen: a
/// new image, and the labels and instances of the old one.
///
/// Every instance is painted from the photograph, so that what is painted depends neither on the others nor on their order;
/// what lies over an instance stays over it, since only what is seen of it is replaced. The rim that some datasets leave open
/// around objects, a mixture of both sides, goes with it as far as the seam is wide.
///
/// Source: the AAAI-25 student abstract on synthesis at the instance level for instance segmentation, which leaves open how
/// wide crops are and how they come back.
public struct InstanceRepainting: Recipe {
  /// How the model is asked.
  public let sampling: SamplingSettings
  private let settings: AugmentationSettings
  private let instances: InstanceSettings
  private let classes: ClassList
  private let layouts: LayoutPair
  private let generator: any ImageGenerator
  private let way: InstanceGenerator
  private let batchSize: Int

  /// Puts together what paints.
  ///
  /// - Parameters:
  ///   - plan: Says how, and what the labels mean; its settings are those of instances.
  ///   - generator: Paints parts of images.
  ///   - ways: How it can paint an instance, what it is made for first.
  ///   - batchSize: How many instances are painted at once, at most.
  /// - Throws: ``AugmentationError`` where it cannot paint as the settings say.
  public init(
    _ plan: AugmentationPlan, generator: any ImageGenerator, ways: [InstanceGenerator],
    batchSize: Int
  ) throws {
    guard let instances = plan.settings.instances else {
      preconditionFailure("InstanceRepainting: the plan says nothing of instances")
    }
    precondition(batchSize > 0, "InstanceRepainting: batches of \(batchSize)")
    guard let way = ways.first(where: { $0 == instances.generator ?? $0 }) else {
      throw AugmentationError(
        .request,
        "the model cannot paint instances by \(instances.generator?.rawValue ?? "itself"); its UNet does it by "
          + ways.map(\.rawValue).joined(separator: " or ") + ". Name that, or take another model.",
        remedies: [Remedy(.instanceGenerator, ways.map(\.rawValue))])
    }
    var sampling = plan.settings.sampling
    sampling.blended =
      way == .blended ? sampling.blended ?? BlendedLatentDiffusion() : nil
    (settings, self.instances, self.sampling) = (plan.settings, instances, sampling)
    (classes, layouts) = (plan.classes, plan.layouts)
    (self.generator, self.way, self.batchSize) = (generator, way, batchSize)
  }

  /// The generator's, and how it paints instances.
  public var traits: GeneratorTraits {
    var traits = generator.traits
    traits.instances = way.rawValue
    return traits
  }

  /// The generator's.
  public var identity: String { generator.identity }

  /// The sampling's.
  public var steps: Int { sampling.stepsTaken }

  /// A photograph and its instances are read beside.
  public var drawsOnDevice: Bool { false }

  /// Reads a photograph and its instances.
  public func material(
    from source: SourceFiles?, check: () throws -> Void
  ) throws -> Material {
    guard let source, let objects = source.entry.instances, let data = source.instances else {
      preconditionFailure("InstanceRepainting: there is no instance to paint")
    }
    let photograph = try Image(decoding: source.image, name: source.entry.image.path).rgb()
    let mask = try source.entry.mask.labels(in: source.mask)
    let numbers = try objects.labels(in: data)
    let square = ImageSize(width: settings.resolution, height: settings.resolution)
    return Material(
      size: try GenerationSize(
        of: square, named: source.entry.image.path, resolution: settings.resolution,
        multiple: generator.sizeMultiple),
      place: objects.path, photograph: photograph, mask: mask, numbers: numbers,
      extents: InstanceExtent.all(in: numbers, of: mask, encoding: classes.encoding),
      maskFile: source.mask,
      instancesFile: layouts.isOne ? data : try layouts.instances(data, objects, mask: mask))
  }

  /// Paints the instances of images, in batches of one size across the images.
  public func make(
    _ requests: [RecipeRequest<Material>], progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput] {
    let parts = requests.indices.flatMap { number in
      (requests[number].picture.repainted ?? []).map {
        (request: number, instance: $0.seeded(by: requests[number].seed))
      }
    }
    var images = requests.map(\.material.photograph)
    var fits = requests.map { _ in [Double]() }
    for start in stride(from: 0, to: parts.count, by: batchSize) {
      let batch = parts[start..<min(start + batchSize, parts.count)]
      let crops = try batch.map { part in
        try crop(part.instance, of: requests[part.request].material)
      }
      let painted = try generator.paint(zip(batch, crops).map { request($0, $1) }, sampling) {
        step, _ in
        // As if the images were painted as wholes, all at once.
        try progress((start * steps + batch.count * step) / parts.count, steps)
      }
      for (part, (crop, new)) in zip(batch, zip(crops, painted)) {
        crop.paste(new, into: &images[part.request])
        if let fit = crop.fit(of: new) { fits[part.request].append(fit) }
      }
    }
    return requests.indices.map { number in
      let material = requests[number].material
      return RecipeOutput(
        image: images[number], mask: material.maskFile, instances: material.instancesFile,
        fit: fits[number].mean)
    }
  }

  private func request(
    _ part: (request: Int, instance: RepaintedInstance), _ crop: MaskedCrop
  ) -> ImageRequest {
    ImageRequest(
      prompt: part.instance.prompt, negativePrompt: settings.negativePrompt,
      width: crop.image.width, height: crop.image.height, seed: part.instance.seed,
      image: crop.image, mask: crop.mask,
      objects: way == .gligen ? [crop.object(part.instance.class)] : [])
  }

  private func crop(_ instance: RepaintedInstance, of material: Material) throws -> MaskedCrop {
    let extent = try material.extent(of: instance, classes)
    return MaskedCrop(
      of: material.photograph,
      mask: material.numbers.visible(
        extent.number, in: material.mask, encoding: classes.encoding, rim: instances.seam),
      box: (extent.x, extent.y, extent.width, extent.height),
      painting: ImageSize(width: material.size.width, height: material.size.height),
      .init(
        margin: instances.margin, leastSide: instances.leastSize, growth: instances.growth,
        seam: instances.seam))
  }
}

extension MaskedCrop {
  /// How well what was painted follows the mask; nil where the photograph does not itself.
  fileprivate func fit(of painted: Image) -> Double? {
    let ids: [UInt8] = exactMask.pixels.map { $0 >= 128 ? 1 : 0 }
    return MaskFit(
      photograph: image, labels: LabelImage(width: image.width, height: image.height, ids: ids))?(
        painted)
  }
}

extension [Double] {
  /// To three decimal places; nil of none.
  fileprivate var mean: Double? {
    isEmpty ? nil : (reduce(0, +) / Double(count) * 1000).rounded() / 1000
  }
}
