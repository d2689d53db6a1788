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
  ///   - sights: What somebody wants to see of the network.
  /// - Returns: The prediction, `[N, h, w, C]`, and what was seen, in the order of the sights.
  func callAsFunction(
    _ latents: Tensor, timeFeatures: Tensor,
    controls: [(control: any StepControl, inputs: [Tensor])], sights: [UNetProbe.Sight]
  ) -> (output: Tensor, seen: [Tensor])
}
