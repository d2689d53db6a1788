import DiffusionModels
import NoiseSchedulers
import TensorCore

/// What the steps of a plan are told in numbers, brought to the device once for all of them.
struct SamplingSchedule {
  /// `[steps, factors]`
  private let factors: Tensor
  /// `[steps · samples, channels]`
  private let timeFeatures: Tensor
  /// Samples that the UNet sees in a step.
  private let samples: Int

  /// - Parameter samples: Samples that the UNet sees in a step.
  init(_ plan: SamplingPlan, _ unet: UNet2DConditionModel, samples: Int, on device: Device) {
    self.samples = samples
    let rows = plan.steps.map { plan.factors(of: $0) }
    factors = Tensor(rows.flatMap(\.self), [rows.count, rows.first?.count ?? 0], on: device)
    timeFeatures = unet.timeFeatures(
      plan.steps.flatMap { [Float](repeating: $0.timestep, count: samples) }, on: device)
  }

  /// A step's time features, `[samples, channels]`, and factors, `[factors]`.
  func callAsFunction(step: Int) -> [Tensor] {
    [
      timeFeatures.samples(step * samples..<(step + 1) * samples),
      factors.samples(step..<step + 1).reshaped([factors.shape[1]]),
    ]
  }
}
