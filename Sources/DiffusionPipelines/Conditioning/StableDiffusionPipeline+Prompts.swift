extension StableDiffusionPipeline {
  /// The prompts of a batch, encoded once for the whole run.
  func guidance(_ requests: [ImageRequest], _ settings: SamplingSettings) -> Guidance {
    let prompts = requests.map { promptEncoder($0.prompt) }
    let sizes = requests.map {
      $0.sizeConditioning ?? SizeConditioning(height: $0.height, width: $0.width)
    }
    guard settings.usesGuidance else { return Guidance(prompts, timeIDs: sizes.map(\.timeIDs)) }
    let leavesControlsOut = controls.contains(where: \.hasUnconditionalHint)
    let negatives = zip(requests, prompts).map { request, prompt in
      leavesControlsOut && request.negativePrompt == nil
        ? prompt : promptEncoder.negative(request.negativePrompt, beside: prompt)
    }
    let negativeSizes = zip(requests, sizes).map { $0.negativeSizeConditioning ?? $1 }
    return Guidance(
      prompts, timeIDs: sizes.map(\.timeIDs), from: negatives,
      timeIDs: negativeSizes.map(\.timeIDs), scale: settings.guidanceScale)
  }
}
