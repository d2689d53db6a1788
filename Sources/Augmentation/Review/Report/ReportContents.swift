import ImageFiles

/// What the page knows of the run and its images, but for the lines of the ledger and the pictures.
struct ReportContents: Encodable {
  struct Score: Encodable {
    let name: String
    let isRank: Bool
  }

  let run: ReportDescription
  let scores: [Score]
  /// What the control images are called: those of the photographs' outlines, then the blends.
  let layers: [String]
  let images: [ReportImage]

  init(
    _ run: ReportDescription, scores: [ReportScore], images: [ReportImage], layers: [String]
  ) {
    (self.run, self.images, self.layers) = (run, images, layers)
    self.scores = scores.map { Score(name: $0.name, isRank: $0.isRank) }
  }
}

/// What the page knows of an image, beside its line of the ledger.
struct ReportImage: Encodable {
  let name: String
  /// Its place in the ledger, from 0.
  let place: Int
  let trust: Double?
  /// In the order of the scores; nil where it has none.
  let scores: [Double?]
  /// The places of its classes among the run's.
  let classes: [Int]
  /// The numbers of the elements with its source's pictures and with its mask.
  let source, mask: Int?

  init(
    _ record: LedgerRecord, place: Int, trust: Double?, scores: [ReportScore],
    classes: [ReportDescription.Class], pictures: ReportPictures.Parts
  ) {
    (name, self.place, self.trust) = (record.name, place, trust)
    self.scores = scores.map { $0.values[record.image] }
    self.classes = classes.indices.filter { record.classes.contains(classes[$0].name) }
    (source, mask) = (pictures.source, pictures.mask)
  }
}

extension RGB {
  /// The colour as a style sheet has it.
  var hexadecimal: String {
    "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
