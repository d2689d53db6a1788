import Faults
import Tensors

extension StableDiffusionPipeline {
  /// What the image prompts of a batch come to, once for the whole run; nil where there are none.
  func imagePromptControl(
    _ requests: [ImageRequest], _ settings: SamplingSettings, _ guidance: Guidance
  ) -> (any StepControl)? {
    guard let imagePrompts, let first = requests.first else { return nil }
    let shown = requests.map { imagePrompts($0.imagePrompts, on: device) }
    let tokens = guidance.perSample(shown) {
      imagePrompts.absent(images: first.imagePrompts.count, on: device)
    }
    return imagePromptControl(.stack(samples: tokens), settings)
  }

  /// The same of tokens, for each branch of guidance those of all images.
  func imagePromptControl(
    _ tokens: Tensor, _ settings: SamplingSettings
  ) -> (any StepControl)? {
    let how = settings.imagePrompt ?? ControlSettings()
    return imagePrompts.map {
      ImagePromptControl(image: $0.project(tokens, scale: how.scale), steps: how.steps)
    }
  }

  /// Makes sure that each image has prompts to be shown, and something that shows them.
  func checkImagePrompts(_ requests: [ImageRequest]) throws {
    let counts = requests.map(\.imagePrompts.count)
    if imagePrompts == nil {
      if counts.allSatisfy({ $0 == 0 }) { return }
      throw PipelineError(
        .request,
        "there are image prompts, but the pipeline was loaded without an IP-Adapter; load one that was "
          + "trained for this model")
    }
    if let first = counts.first, first > 0, counts.allSatisfy({ $0 == first }) { return }
    throw PipelineError(
      .request,
      "the images of the batch have \(counts) image prompts; with an IP-Adapter each needs as many as the "
        + "others, and at least one")
  }
}
