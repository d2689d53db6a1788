import DiffusionModels
import NoiseSchedulers

/// Puts objects into boxes in the first steps of a run; diffusers' `gligen_scheduled_sampling_beta`.
struct ObjectControl: StepControl {
  let objects: ObjectContext
  let steps: StepRange

  func takesPart(in step: Int, of plan: SamplingPlan) -> Bool {
    steps.countsIn(step, of: plan.steps.count)
  }

  func unguided(images: Int) -> any StepControl {
    ObjectControl(objects: objects.suffix(images), steps: steps)
  }

  func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
    conditions.context.ground(objects)
  }
}
