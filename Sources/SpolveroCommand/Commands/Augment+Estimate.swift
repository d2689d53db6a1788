import Augmentation
import Foundation

extension Augment {
  /// What the run would cost; how long it would take only with a model, a part of an image of which is
  /// painted for that.
  func estimate(_ plan: AugmentationPlan) throws -> RunEstimate {
    var pace: GenerationPace?
    if let model, !controls.folders.isEmpty || usesPhotographs, !plan.pictures.isEmpty {
      let pipeline = try pipeline(
        model: URL(fileURLWithPath: model), on: computing.open(), check: StopSignals.check)
      pace = try GenerationPace(of: pipeline, for: plan, check: StopSignals.check)
    } else {
      Console.note(
        "With --model and --control, a part of an image is measured, which says how long the run takes."
      )
    }
    return try RunEstimate(of: plan, pace: pace)
  }
}
