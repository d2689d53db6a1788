import Checkpoints
import DiffusionModels
import Faults
import Foundation
import NoiseSchedulers
import Tensors

extension StableDiffusionPipeline {
  /// The pipelines of diffusers that paint what this one paints. Others may have the same parts and want
  /// something else of them, as SDXL's refiner does.
  private static let classes =
    [
      "StableDiffusionPipeline", "StableDiffusionXLPipeline", "StableDiffusionInpaintPipeline",
      "StableDiffusionXLInpaintPipeline", "StableDiffusionGLIGENPipeline",
    ] + ControlCatalogue.pipelines

  /// What `model_index.json` says, of a folder that is a model of this pipeline.
  static func index(of folder: ModelFolder) throws -> PipelineIndex {
    guard folder.has("model_index.json") else {
      throw PipelineError(
        .badData,
        "\(folder.url.path): there is no model_index.json, so this is no whole model; expected a "
          + "folder in diffusers' layout with unet, vae and the others as sub-folders"
          + hint(about: folder))
    }
    let index = try folder.index()
    guard classes.contains(index.className) else {
      throw PipelineError(
        .badData,
        "\(folder.url.path): the model is a \(index.className), which is not supported; supported are "
          + classes.joined(separator: ", "))
    }
    return index
  }

  /// What a folder is instead of a whole model, as far as its names tell.
  private static func hint(about folder: ModelFolder) -> String {
    if folder.has("config.json") {
      return ". It has a config.json: a part of a model, or a network that steers one"
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []
    let inner = names.sorted().first { folder.has("\($0)/model_index.json") }
    return inner.map { ". There is one in its sub-folder '\($0)': name that" } ?? ""
  }

  /// Makes sure that the model can paint with these settings.
  ///
  /// - Throws: `SchedulerError` for a number of steps that the model was not trained for.
  public func check(_ settings: SamplingSettings) throws { _ = try plan(for: settings) }

  func plan(for settings: SamplingSettings) throws -> SamplingPlan {
    try checkStrength(settings)
    let plan = try scheduledPlan(for: settings)
    try checkDeepFeatures(settings)
    try checkGuidanceInterval(settings, steps: plan.steps.count)
    return plan
  }

  private func scheduledPlan(for settings: SamplingSettings) throws -> SamplingPlan {
    if case .encodedImage(let ratio) = settings.start {
      return try scheduler.plan(
        steps: settings.steps, eta: Double(settings.eta), encodeRatio: ratio)
    }
    return try scheduler.plan(
      steps: settings.steps, eta: Double(settings.eta), skipping: settings.skipped)
  }

  /// Makes sure that a batch can be painted.
  func check(_ requests: [ImageRequest], _ settings: SamplingSettings) throws {
    guard let first = requests.first else {
      throw PipelineError(.request, "there is nothing to paint: the batch is empty")
    }
    try demand(
      requests.allSatisfy { $0.width == first.width && $0.height == first.height },
      "images of one batch must have one size")
    for side in [first.width, first.height] {
      let nearest = max(sizeMultiple, (side + sizeMultiple / 2) / sizeMultiple * sizeMultiple)
      try demand(
        side > 0 && side % sizeMultiple == 0,
        "a side of \(side) pixels is not a multiple of \(sizeMultiple), which this model needs; "
          + "the nearest is \(nearest)")
    }
    for request in requests { try check(request) }
    try checkControls(requests, settings)
    try checkImagePrompts(requests)
    try checkStart(requests, settings)
  }

  private func check(_ request: ImageRequest) throws {
    try checkObjects(request)
    if let latents = request.initialLatents {
      let wanted = latentShape(width: request.width, height: request.height)
      try demand(
        latents.shape == wanted,
        "the initial latents are \(latents.shape), but an image of \(request.width)×"
          + "\(request.height) pixels needs \(wanted) (samples, channels, rows, columns)")
    }
  }
}
