import DiffusionModels
import Tensors

/// A UNet that answers all branches of a guidance in one batch.
struct GuidedUNet: Denoiser {
  private let unet: UNet2DConditionModel
  private let guidance: Guidance
  /// What holds in every step.
  private let conditions: UNetConditions

  init(_ unet: UNet2DConditionModel, _ guidance: Guidance) {
    self.unet = unet
    self.guidance = guidance
    conditions = UNetConditions(
      unet.project(encoderHiddenStates: guidance.context), added: guidance.added)
  }

  private init(_ unet: UNet2DConditionModel, _ guidance: Guidance, _ conditions: UNetConditions) {
    (self.unet, self.guidance, self.conditions) = (unet, guidance, conditions)
  }

  func unguided(images: Int) -> GuidedUNet {
    GuidedUNet(
      unet, guidance.unguided,
      UNetConditions(conditions.context.suffix(images), added: guidance.unguided.added))
  }

  func timeFeatures(_ timesteps: [Float], images: Int, on device: Device) -> Tensor {
    let samples = guidance.branches.count * images
    return unet.timeFeatures(
      timesteps.flatMap { [Float](repeating: $0, count: samples) }, on: device)
  }

  func callAsFunction(
    _ latents: Tensor, timeFeatures: Tensor,
    controls: [(control: any StepControl, inputs: [Tensor])], sights: [UNetProbe.Sight],
    features: DeepFeatureUse
  ) -> Prediction {
    let sample = guidance.repeated(latents)
    var conditions = conditions
    for (control, inputs) in controls {
      control.prepare(
        &conditions,
        ControlledStep(
          sample: sample, timeFeatures: timeFeatures, images: latents.shape[0], inputs: inputs,
          reusesDeepFeatures: features.areReused))
    }
    if case .reused(let kept) = features {
      let deep = DeepFeatures(kept[0], residual: kept.dropFirst().first)
      return Prediction(
        guidance.combined(
          unet(sample, timeFeatures: timeFeatures, conditions, reusing: deep)))
    }
    let probe = UNetProbe(sights + (features.areKept ? [unet.deepFeatures] : []))
    let answers = unet(sample, timeFeatures: timeFeatures, conditions, probe: probe)
    return Prediction(
      guidance.combined(answers), seen: Array(probe.tensors.prefix(sights.count)),
      kept: features.areKept
        ? probe.tensors.suffix(1) + conditions.residuals.skips.prefix(1) : [])
  }
}
