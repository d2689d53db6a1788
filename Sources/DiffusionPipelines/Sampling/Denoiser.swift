package import DiffusionModels
package import Tensors

/// A network with all that it is told, as a sampler sees it: it predicts the noise, or the velocity, in latents.
package protocol Denoiser: Sendable {
  /// Timesteps as the network embeds them.
  ///
  /// - Parameters:
  ///   - timesteps: One for each step.
  ///   - images: Images of the batch.
  ///   - device: Where they go.
  /// - Returns: `[steps · samples, …]`, for each step as many rows as the network sees samples.
  func timeFeatures(_ timesteps: [Float], images: Int, on device: Device) -> Tensor

  /// The network as steps without guidance ask it: for each image once.
  ///
  /// - Parameter images: Images of the batch.
  func unguided(images: Int) -> Self

  /// Predicts.
  ///
  /// - Parameters:
  ///   - latents: Scaled for the network, `[N, h, w, C]`.
  ///   - timeFeatures: The rows of one step.
  ///   - controls: Those that take part, each with its inputs.
  ///   - sights: What somebody wants to see of the network; nothing is seen of one that reuses features.
  ///   - features: What becomes of the deep features.
  func callAsFunction(
    _ latents: Tensor, timeFeatures: Tensor,
    controls: [(control: any StepControl, inputs: [Tensor])], sights: [UNetProbe.Sight],
    features: DeepFeatureUse
  ) -> Prediction
}

/// What a step does about the features that change little from step to step.
package enum DeepFeatureUse: Sendable {
  /// It computes them.
  case computed
  /// It computes them, and keeps them for later steps.
  case kept
  /// It takes those that an earlier step kept.
  case reused([Tensor])

  var areKept: Bool { if case .kept = self { true } else { false } }

  var areReused: Bool { if case .reused = self { true } else { false } }
}

/// What a network answers.
package struct Prediction {
  /// The noise, or the velocity, `[N, h, w, C]`.
  let output: Tensor
  /// What was seen, in the order of the sights.
  let seen: [Tensor]
  /// What later steps may reuse.
  let kept: [Tensor]

  /// Collects an answer.
  package init(_ output: Tensor, seen: [Tensor] = [], kept: [Tensor] = []) {
    (self.output, self.seen, self.kept) = (output, seen, kept)
  }
}
