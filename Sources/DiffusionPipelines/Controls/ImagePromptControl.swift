import DiffusionModels

/// Shows image prompts in a range of steps.
struct ImagePromptControl: StepControl {
  let image: ImageContext
  let steps: StepRange

  func unguided(images: Int) -> any StepControl {
    ImagePromptControl(image: image.suffix(images), steps: steps)
  }

  func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
    conditions.context.add(image)
  }
}
