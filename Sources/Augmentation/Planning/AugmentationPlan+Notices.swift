import Faults

extension AugmentationPlan {
  /// What the user should know about the captions, a sentence each.
  ///
  /// - Throws: ``AugmentationError`` when not one of them is about these photographs.
  static func notices(
    on captions: Captions?, of sources: [AugmentationSource], _ style: PromptStyle
  ) throws -> [String] {
    guard style.readsCaptions else { return [] }
    guard let captions else {
      return ["No captions were given, so simple prompts are used: 'A photo of …'."]
    }
    let missing = sources.map(\.stem).filter { captions.byStem[$0] == nil }
    guard missing.count < sources.count else {
      let other = captions.byStem.keys.min() ?? ""
      throw AugmentationError(
        .badData,
        "None of the \(sources.count) photographs has a caption: the captions are about '\(other)' "
          + "and others, the photographs are '\(sources[0].stem)' and others. Check the captions.",
        remedies: [Remedy(.captions)])
    }
    var notices: [String] = []
    if !missing.isEmpty {
      let names = missing.prefix(3).joined(separator: ", ") + (missing.count > 3 ? ", …" : "")
      notices.append(
        "\(missing.count) of \(sources.count) photographs have no caption and get simple prompts: "
          + "\(names).")
    }
    if captions.surplus > 0 {
      notices.append(
        "Captions left aside, since the first one of a photograph counts: \(captions.surplus).")
    }
    return notices
  }
}
