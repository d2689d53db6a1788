import Augmentation

/// What is said about captions when they are made.
struct CaptionSummary: Encodable {
  let images: Int
  let captions: Int
  /// Which captions lack a labelled class; nil for images without labels.
  let labelled: CaptionCoverage?

  init(of images: CaptionedImages, _ captions: [String: String]) {
    self.images = images.sources.count
    let made = images.sources.compactMap { source in
      captions[source.name].map { (source.name, $0) }
    }
    self.captions = made.count
    labelled = images.classes.map { classes in
      made.reduce(into: CaptionCoverage()) { coverage, line in
        coverage.count(line.1, classes: classes[line.0] ?? [])
      }
    }
  }

  var lines: [String] {
    let counts = ["captions    \(captions) of \(images) images"]
    guard let labelled, labelled.captions > 0 else { return counts }
    let share = 100 * Double(labelled.lacking) / Double(labelled.captions)
    let classes = labelled.lackingByClass.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }
    return counts + [
      "without a labelled class    \(labelled.lacking) of \(labelled.captions) (\(share.text(places: 1)) %)"
        + (classes.isEmpty ? "" : ": " + classes.joined(separator: ", "))
    ]
  }
}
