import Augmentation
import Foundation
import ImageFiles

extension Augment {
  /// What the run would cost; how long it would take only with a model, a part of a picture of which is
  /// painted for that.
  func estimate(_ plan: AugmentationPlan, _ sizes: [ImageSize]) throws -> RunEstimate {
    var pace: PaintingPace?
    if let model, let adapter, !plan.pictures.isEmpty {
      let pipeline = try pipeline(
        model: URL(fileURLWithPath: model), adapter: URL(fileURLWithPath: adapter),
        on: computing.open(), check: StopSignals.check)
      pace = try PaintingPace(of: pipeline, for: plan, sizes: sizes, check: StopSignals.check)
    } else {
      Console.note(
        "With --model and --adapter, --dry-run measures a part of a picture and says how long the run "
          + "takes.")
    }
    return try RunEstimate(of: plan, sizes: sizes, pace: pace)
  }
}
