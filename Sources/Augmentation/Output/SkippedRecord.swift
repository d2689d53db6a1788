import Foundation
import SegmentationDatasets

/// A line of `skipped.jsonl`: why a photograph of the list is not in the output.
///
/// The file stands beside the ledger where something was left out, and only there. It is no
/// part of what makes a run the same run: that is said by the photographs that are used.
struct SkippedRecord: Encodable {
  /// The name in the output folder.
  static let file = "skipped.jsonl"

  /// The photograph's stem, as the list has it.
  let stem: String?
  /// The file in the dataset's folder, or the list and the line.
  let place: String
  /// What is wrong with it.
  let reason: String

  /// A line for each problem, in the list's order.
  static func lines(of plan: AugmentationPlan) throws -> Data {
    let root = plan.root.path + "/"
    return try plan.skipped.reduce(into: Data()) { lines, problem in
      // The place in the dataset, so that the line stays true when the dataset is moved.
      let place = problem.place.replacing(root, with: "")
      let record = SkippedRecord(
        stem: problem.stem, place: place, reason: problem.found.replacing(root, with: ""))
      lines += try JSONEncoder.stable.encode(record) + Data("\n".utf8)
    }
  }
}
