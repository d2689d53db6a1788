import Augmentation
import DiffusionPipelines

extension Augment {
  func warnOfUnreadPrompts(_ plan: AugmentationPlan, _ pipeline: StableDiffusionPipeline) {
    let negative = pictures.negativePrompt.map { [("the negative prompt", $0)] } ?? []
    let cut = (negative + plan.prompts).compactMap { name, prompt in
      pipeline.unreadPart(of: prompt).map { "\(name): '\($0)'" }
    }
    for line in cut.prefix(3) {
      Console.warning("a prompt is too long; this part of it is not read: \(line)")
    }
    if cut.count > 3 { Console.warning("\(cut.count - 3) more prompts are too long") }
  }

  func warn(ofLow fit: FitSummary) {
    Console.warning(
      "half of these images have a fit of \(fit.median.text(places: 2)) or less, where 1 follows the "
        + "mask and 0 does not, so these images do not follow their masks: does the model know these "
        + "things, is the control network one for this model? 'spolvero sheet --worst 12' shows the "
        + "farthest off.")
  }
}
