import ArgumentParser
import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers

/// How an image was made, for the text chunks of its PNG.
struct ImageText {
  private let request: ImageRequest
  private let sampling: SamplingSettings
  private let model: String
  private let further: [(key: String, value: String)]
  private let scheduler: String

  /// - Parameter further: What the options of networks and of editing say.
  init(
    _ request: ImageRequest, _ sampling: SamplingSettings, model: String,
    further: [(key: String, value: String)],
    pipeline: StableDiffusionPipeline
  ) {
    self.request = request
    self.sampling = sampling
    self.model = URL(fileURLWithPath: model).lastPathComponent
    self.further = further
    scheduler = pipeline.scheduler.kind.rawValue
  }

  /// `parameters` in the words that other programs read, and each setting by itself for ours.
  var chunks: [PNGText] {
    [PNGText(key: "parameters", value: parameters)]
      + settings.map { PNGText(key: "spolvero:\($0.key)", value: $0.value) }
  }

  private var settings: [(key: String, value: String)] {
    [
      ("prompt", request.prompt), ("negative-prompt", request.negativePrompt ?? ""),
      ("width", "\(request.width)"), ("height", "\(request.height)"), ("seed", "\(request.seed)"),
      ("steps", "\(sampling.steps)"), ("cfg-scale", "\(sampling.guidanceScale)"),
      ("scheduler", scheduler), ("eta", "\(sampling.eta)"), ("model", model),
      ("version", Spolvero.configuration.version),
    ] + further
  }

  private var parameters: String {
    """
    \(request.prompt)
    Negative prompt: \(request.negativePrompt ?? "")
    Steps: \(sampling.steps), Sampler: \(scheduler), CFG scale: \(sampling.guidanceScale), \
    Seed: \(request.seed), Size: \(request.width)x\(request.height), Model: \(model)
    """
  }
}
