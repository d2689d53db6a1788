import Augmentation
import SegmentationDatasets

extension AugmentationSummary {
  /// The summary for people: a line for each class that a photograph shows.
  var lines: [String] {
    let totals = [
      ["images", "\(before.images)", "\(after.images)", text(fit?.median)],
      ["generated", "0", "\(generated)", ""],
      ["entropy (bits)", before.entropy.text(places: 4), after.entropy.text(places: 4), ""],
      [
        "imbalance (share of the most frequent class)", before.imbalance.text(places: 4),
        after.imbalance.text(places: 4), "",
      ],
    ]
    let classes = before.classes.ids.filter { before.imagesPerClass[$0, default: 0] > 0 }.map {
      id in
      [
        before.classes.name(of: id), "\(before.imagesPerClass[id, default: 0])",
        "\(after.imagesPerClass[id, default: 0])",
        text(fit?.medianPerClass[before.classes.words(for: id)]),
      ]
    }
    let columns = fit == nil ? 3 : 4
    let lines = table(
      Array(["", "before", "after", "median fit"].prefix(columns)),
      (totals + classes).map { Array($0.prefix(columns)) })
    return lines + (instances?.lines ?? []) + (estimate.map { [text($0)] } ?? [])
  }

  private func text(_ estimate: RunEstimate) -> String {
    let time = estimate.seconds.map { "about \(ProgressReport.text(seconds: $0)) and " } ?? ""
    let space = estimate.bytes.byteText(places: 1)
    return "The run would take \(time)\(space) of space for originals and generated images."
  }

  private func text(_ fit: Double?) -> String { fit?.text(places: 2) ?? "" }
}
