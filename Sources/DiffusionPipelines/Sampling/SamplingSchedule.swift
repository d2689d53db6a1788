import NoiseSchedulers
import Tensors

/// What the steps of a plan are told in numbers, brought to the device once for all of them.
struct SamplingSchedule {
  /// `[steps, coefficients]`
  private let coefficients: Tensor
  /// `[steps · samples, …]`
  private let timeFeatures: Tensor

  private let images: Int

  /// - Parameter images: Images of the batch.
  init(_ plan: SamplingPlan, _ model: some Denoiser, images: Int, on device: Device) {
    let rows = plan.steps.map { plan.coefficients(of: $0) }
    self.images = images
    coefficients = Tensor(rows.flatMap(\.self), [rows.count, rows.first?.count ?? 0], on: device)
    timeFeatures = model.timeFeatures(plan.steps.map(\.timestep), images: images, on: device)
  }

  /// A step's time features, for all samples that the network sees: those of the images once for each branch of guidance,
  /// or just once in a step without.
  func timeFeatures(of step: Int, isGuided: Bool) -> Tensor {
    let samples = timeFeatures.shape[0] / coefficients.shape[0]
    return timeFeatures.samples(
      step * samples..<step * samples + (isGuided ? samples : images))
  }

  /// A step's coefficients, see ``NoiseSchedulers/SamplingPlan/coefficients(of:)``.
  func coefficients(of step: Int) -> Tensor {
    coefficients.samples(step..<step + 1).reshaped([coefficients.shape[1]])
  }
}
