public import Foundation
public import ImageFiles
public import SegmentationDatasets

/// What the images of a run are made of: repainting a photograph along its labels, say, or imagining image and
/// mask together.
///
/// How a run is kept (plan, ledger, resuming, lists) knows nothing of it. A recipe draws its material from a source
/// once, however many images are made from that, and then makes images in batches of one size.
public protocol Recipe: Sendable {
  /// What is drawn from a source.
  associatedtype Material: RecipeMaterial

  /// What the images depend on beside settings and models' files; no two of these mix in a run.
  var traits: GeneratorTraits { get }

  /// What paints, such as `CPU (AVX-512 with bf16)`; the ledger has it in the setup of every image.
  var identity: String { get }

  /// The steps of an image, by which progress is told.
  var steps: Int { get }

  /// Whether material is drawn on the device that paints. Otherwise it is drawn on another thread, while the images before
  /// are painted.
  var drawsOnDevice: Bool { get }

  /// Draws the material for the images of a source.
  ///
  /// - Parameters:
  ///   - source: The source's files; nil for images that are made from none.
  ///   - check: Called between two pieces of work; what it throws ends the drawing.
  func material(from source: SourceFiles?, check: () throws -> Void) throws -> Material

  /// Makes a batch of images of one size. An image must not depend on the batch that it is made in.
  ///
  /// - Parameters:
  ///   - requests: What to make.
  ///   - progress: Called after each step with the number of steps done and of all. What it throws ends the work.
  /// - Returns: The images in the order of the requests.
  func make(
    _ requests: [RecipeRequest<Material>], progress: (_ step: Int, _ steps: Int) throws -> Void
  ) throws -> [RecipeOutput]
}

/// What a recipe has drawn from a source.
public protocol RecipeMaterial: Sendable {
  /// The size at which images are painted from it.
  var size: GenerationSize { get }
  /// The memory that it takes, in bytes, about.
  var byteCount: Int { get }
}

/// The bytes of a source's files, which are those that the run was planned with.
public struct SourceFiles: Sendable {
  /// Where they are, for messages.
  public let entry: SegmentationDataset.Entry
  /// The photograph's file.
  public let image: Data
  /// The bytes of the mask, as ``SegmentationDataset/Entry/mask`` reads them.
  public let mask: Data
  /// The bytes of the instance mask; nil where there is none.
  public let instances: Data?
}

/// One image that a recipe is asked for.
public struct RecipeRequest<Material: RecipeMaterial>: Sendable {
  /// What was planned.
  public let picture: PlannedImage
  /// The seed of its noise: the planned one or, for a later attempt, another.
  public let seed: UInt64
  /// What was drawn from its source.
  public let material: Material
}

/// What came out of a recipe.
public struct RecipeOutput: Sendable {
  /// The image at the size that it is to have, RGB.
  public var image: Image
  /// Its mask, the bytes of a PNG: for a repainting, those of its source's.
  public var mask: Data
  /// Its instance mask, the bytes of a PNG; nil where there is none.
  public var instances: Data?
  /// How well the image follows its mask, from 0 for not at all to about 1; nil where that cannot be told.
  public var fit: Double?

  /// Puts together what came out.
  public init(image: Image, mask: Data, instances: Data? = nil, fit: Double? = nil) {
    self.image = image
    self.mask = mask
    self.instances = instances
    self.fit = fit
  }
}
