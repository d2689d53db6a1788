import Faults

extension StableDiffusionPipeline {
  /// Makes sure that some steps compute their deep features.
  func checkDeepFeatures(_ settings: SamplingSettings) throws {
    guard let interval = settings.deepFeatureInterval, interval < 1 else { return }
    throw PipelineError(
      .request,
      "deep features are computed in every n-th step, and n is \(interval); expected 1 for all steps, 2 for every other one "
        + "and so on", remedies: [Remedy(.deepFeatureInterval)])
  }
}
