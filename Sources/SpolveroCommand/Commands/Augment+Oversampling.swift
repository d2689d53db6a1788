import Augmentation
import Faults
import Foundation
import Tensors

extension Augment {
  /// Says how many images of a plan will be kept.
  func noteKept(of plan: AugmentationPlan) {
    guard let criterion = oversampling.criterion else { return }
    Console.note(
      "\(plan.wanted) of these \(plan.pictures.count) images will be kept, by \(criterion.rawValue)."
    )
  }

  /// Makes sure, before hours of painting, that what judges the images is there and knows their classes.
  func checkJudge(of plan: AugmentationPlan, on device: Device) throws {
    guard oversampling.criterion?.hasNetwork == true else { return }
    Console.note("Checking what judges the images")
    _ = try oversampling.judging.judge(of: plan.classes, computing, on: device)
  }

  /// Judges what was painted and lists the best, as `filter` does.
  ///
  /// - Returns: The names of those that are kept; nil where all are.
  func keepBest(
    of plan: AugmentationPlan, in output: URL, on device: Device
  ) throws -> Set<String>? {
    guard let criterion = oversampling.criterion, !plan.pictures.isEmpty else { return nil }
    do {
      let filter = try ImageFilter(output, by: criterion) {
        try oversampling.judging.judge(of: $0, computing, on: device)
      }
      let lists = try filter.keep(
        Double(plan.wanted) / Double(plan.pictures.count),
        isBalanced: !oversampling.judging.unbalanced)
      lists.summary.forEach(Console.note)
      Console.note("Train on the list 'kept'; filter.jsonl says why.")
      return Set(lists.names)
    } catch let error as CommandError where error.kind == .interrupted {
      throw CommandError(
        .interrupted,
        "Interrupted while the images were judged. All are painted; the same command judges them again."
      )
    }
  }
}
