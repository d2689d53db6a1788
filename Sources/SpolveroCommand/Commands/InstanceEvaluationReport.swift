import DatasetEvaluation
import SegmentationDatasets

/// What `evaluate` found of objects.
struct InstanceEvaluationReport: Encodable {
  /// What is known of a class.
  struct Class: Encodable {
    let name: String
    let id: UInt8
    /// Of the reference.
    let objects: Int
    /// Nil for a class without objects.
    let ap, ap50, ap75: Double?
  }

  let images: Int
  let ap, ap50, ap75: Double?
  /// Of objects of less than 32², less than 96² and more pixels.
  let apSmall, apMedium, apLarge: Double?
  let classes: [Class]

  /// Places of the thresholds 0.5 and 0.75.
  private static let (half, threeQuarters) = (0, 5)

  init(_ precision: InstancePrecision, images: Int, _ classes: ClassList) {
    self.images = images
    ap = precision.mean()
    ap50 = precision.mean(at: Self.half)
    ap75 = precision.mean(at: Self.threeQuarters)
    apSmall = precision.mean(.small)
    apMedium = precision.mean(.medium)
    apLarge = precision.mean(.large)
    self.classes = classes.ids.map { id in
      let own = precision.precisions(of: Int(id))
      return Class(
        name: classes.name(of: id), id: id, objects: precision.expectedCount(of: Int(id)),
        ap: own.map { $0.reduce(0, +) / Double($0.count) }, ap50: own?[Self.half],
        ap75: own?[Self.threeQuarters])
    }
  }

  var lines: [String] {
    [
      "images     \(images)",
      "AP         \(Self.percent(ap)) %",
      "AP50       \(Self.percent(ap50)) %",
      "AP75       \(Self.percent(ap75)) %",
      "AP small   \(Self.percent(apSmall)) %",
      "AP medium  \(Self.percent(apMedium)) %",
      "AP large   \(Self.percent(apLarge)) %",
      "",
    ]
      + table(
        ["class", "AP in %", "AP50 in %", "AP75 in %", "objects"],
        classes.map {
          [
            $0.name, Self.percent($0.ap), Self.percent($0.ap50), Self.percent($0.ap75),
            "\($0.objects)",
          ]
        })
  }

  private static func percent(_ share: Double?) -> String {
    share.map { (100 * $0).text(places: 2) } ?? "–"
  }
}
