import Checkpoints
public import DiffusionModels
public import Foundation
public import ImageFiles
import LanguageModels
import NeuralLayers
public import NoiseSchedulers
public import Tensors

/// Paints images from prompts and, through control networks, along control images: Stable Diffusion 1.x,
/// 2.x and XL.
///
/// An image depends on its request, the settings and the model, never on the batch it was painted in.
public struct StableDiffusionPipeline: Sendable {
  /// What a batch gives.
  public struct Output: Sendable {
    /// The images, RGB.
    public let images: [Image]
    /// The latents they were decoded from, before the autoencoder's scaling is undone.
    public let latents: [LatentArray]

    /// Collects what several batches gave.
    public init(images: [Image], latents: [LatentArray]) {
      self.images = images
      self.latents = latents
    }
  }

  /// Where everything runs.
  public let device: Device
  /// The sampling method.
  public let scheduler: Scheduler
  /// What was passed over in the model's files, a sentence each.
  public let notices: [String]
  /// Turns prompts into what the network reads.
  public let promptEncoder: PromptEncoder
  /// The network that takes the noise away.
  public let unet: UNet2DConditionModel
  /// Turns latents into images and back.
  public let autoencoder: AutoencoderKL
  /// The networks that steer it, each along an image of its own.
  public let controls: [any ControlNetwork]
  /// What shows it images as prompts, if anything does.
  public let imagePrompts: ImagePromptEncoder?

  /// Loads a pipeline.
  ///
  /// - Parameters:
  ///   - folder: A model in diffusers' layout, with `model_index.json`.
  ///   - controls: Folders of networks that steer the model and were trained for it.
  ///   - imagePrompts: What shows the model images as prompts.
  ///   - scheduler: The sampling method; the model's own when absent. The rest of the model's
  ///     `scheduler_config.json` holds in either case.
  ///   - device: Where everything runs.
  ///   - precision: How products round their operands.
  ///   - check: Called before each tensor is read; what it throws, as `Task.checkCancellation()` does, ends
  ///     the loading.
  /// - Throws: `CheckpointError`, `TokenizerError` and `SchedulerError` for files that are missing, damaged or ask for
  ///   something that this engine does not do; ``PipelineError`` for parts that do not fit.
  public init(
    folder: URL, controls: [URL] = [], imagePrompts: ImagePromptSource? = nil,
    scheduler: SchedulerKind? = nil, device: Device,
    precision: ProductPrecision = .float32, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    let folder = try ModelFolder(folder, check: check)
    let configuration = try StableDiffusionConfiguration(folder, scheduler: scheduler)
    let controls = try controls.map {
      let folder = try ModelFolder($0, check: check)
      let kind = try ControlCatalogue.network(in: folder)
      try kind.requireFit(folder, configuration)
      return (kind: kind, folder: folder)
    }
    let imagePrompts = try imagePrompts.map {
      try ImagePromptConfiguration($0, for: configuration, check: check)
    }
    let networks = try folder.index().networks.map { try folder.component($0) }
    let folders = networks + controls.map(\.folder) + [imagePrompts?.folder].compactMap(\.self)
    try Self.checkMemory(
      forWeightsOf: folders.map { try $0.checkpoint() } + [imagePrompts?.file].compactMap(\.self),
      device, precision)
    self.device = device
    self.scheduler = configuration.scheduler
    self.controls = try controls.map {
      try $0.kind.init($0.folder, configuration, device: device, precision: precision)
    }
    try Self.requireOneOrder(of: self.controls)
    self.imagePrompts = try imagePrompts.map {
      try ImagePromptEncoder($0, device: device, precision: precision)
    }
    promptEncoder = try PromptEncoder(configuration, device: device, precision: precision)
    unet = try UNet2DConditionModel(
      folder: folder.component("unet"), device: device, precision: precision)
    autoencoder = try AutoencoderKL(
      folder: folder.component("vae"), device: device,
      precision: configuration.precisionOfAutoencoder(beside: precision))
    notices =
      folder.notices.all + controls.flatMap(\.folder.notices.all)
      + (imagePrompts?.folder.notices.all ?? [])
    try device.check()
  }

  /// What width and height must be multiples of, in pixels.
  public var sizeMultiple: Int {
    controls.map(\.sizeMultiple).reduce(
      autoencoder.configuration.downscaleFactor, leastCommonMultiple)
  }

  /// Size of the images that the model was trained on, in pixels.
  public var defaultSize: ImageSize {
    let (sample, factor) = (
      unet.configuration.sampleSize ?? 64, autoencoder.configuration.downscaleFactor
    )
    return ImageSize(width: factor * sample.width, height: factor * sample.height)
  }

  /// The shape of one image's latents, channels first, `[1, C, height/f, width/f]`.
  public func latentShape(width: Int, height: Int) -> Shape {
    let factor = autoencoder.configuration.downscaleFactor
    return [1, autoencoder.configuration.latentChannels, height / factor, width / factor]
  }

  /// The end of a prompt that does not reach the model, because it has too many tokens.
  public func unreadPart(of prompt: String) -> String? { promptEncoder.unreadPart(of: prompt) }

  /// Paints a batch.
  ///
  /// - Parameters:
  ///   - requests: Images of one size.
  ///   - settings: How they are painted.
  ///   - probe: Looks inside the UNet.
  ///   - progress: Called before every step and before the decoding; what it throws ends the work.
  /// - Returns: An image for each request, in order.
  /// - Throws: ``PipelineError`` for requests and settings that cannot be, and for results that are no
  ///   images; what `progress` throws.
  public func callAsFunction(
    _ requests: [ImageRequest], _ settings: SamplingSettings = .init(), probe: StepProbe? = nil,
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> Output {
    try check(requests, settings)
    try checkMemory(for: requests, settings)
    let plan = try plan(for: settings)
    return try withoutActuallyEscaping(progress) { progress in
      let guidance = guidance(requests, settings)
      var sources = requests.map { NoiseSource(seed: $0.seed) }
      let start = start(plan, requests, settings, &sources)
      let sampling = Sampling(
        plan: plan, model: GuidedUNet(unet, guidance),
        controls: stepControls(requests, settings, guidance) + start.keepers,
        guidanceInterval: settings.guidanceInterval,
        deepFeatureInterval: settings.deepFeatureInterval ?? 1, probe: probe, progress: progress)
      let latents = try sampling(from: start.latents, sources: &sources)
      try progress(Progress(.decoding, estimate: latents))
      return try output(of: latents, settings)
    }
  }
}

/// The smallest number that both numbers divide.
private func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
  var (x, y) = (a, b)
  while y != 0 { (x, y) = (y, x % y) }
  return a / x * b
}
