import ArgumentParser
import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers

/// How an image was made, for the text chunks of its PNG.
struct ImageText {
  private let request: ImageRequest
  private let sampling: SamplingOptions
  private let model: String
  private let controls: ControlOptions
  private let imagePrompts: ImagePromptOptions
  private let boxes: BoxOptions
  private let scheduler: String

  init(
    _ request: ImageRequest, _ sampling: SamplingOptions, model: String,
    _ controls: ControlOptions, _ imagePrompts: ImagePromptOptions,
    _ boxes: BoxOptions,
    pipeline: StableDiffusionPipeline
  ) {
    self.request = request
    self.sampling = sampling
    self.model = URL(fileURLWithPath: model).lastPathComponent
    self.controls = controls
    self.imagePrompts = imagePrompts
    self.boxes = boxes
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
    ] + controlSettings + imagePrompts.texts + boxes.texts
  }

  /// Each setting of all control networks in one text.
  private var controlSettings: [(key: String, value: String)] {
    if controls.folders.isEmpty { return [] }
    let settings = controls.settings
    return [
      ("control", controls.urls.map(\.lastPathComponent)),
      ("control-scale", settings.map { "\($0.scale)" }),
      ("control-steps", settings.map { "\($0.steps.start)...\($0.steps.end)" }),
      ("guess-mode", controls.guessMode ? ["true"] : []),
    ].filter { !$0.1.isEmpty }.map { ($0, $1.joined(separator: ", ")) }
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
