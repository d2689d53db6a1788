import ArgumentParser

/// How many more images are painted than are asked for, and which of them are kept.
struct OversamplingOptions: ParsableArguments {
  @Option(
    name: .customLong("oversample"),
    help: """
      Paint so many times as many images as are asked for, and keep as many as are: the best, with the classes in the \
      plan's proportions. The paper's factor is 3.3.
      """)
  var factor: Double?

  @Option(
    name: .customLong("keep-best"),
    help: "What the best are chosen by, as 'filter' does: clip-rank, agreement, clip-score or fit.")
  var criterion: FilterCriterion?

  @OptionGroup
  var judging: JudgingOptions

  func validate() throws {
    if (factor == nil) != (criterion == nil) {
      throw ValidationError(
        "--oversample X and --keep-best clip-rank, agreement, clip-score or fit belong together.")
    }
    if let criterion {
      try judging.validate(for: criterion, "--keep-best")
    } else if judging.areGiven {
      throw ValidationError(
        "--clip, --segmenter and --unbalanced judge what was painted: give --oversample X and --keep-best too."
      )
    }
  }
}
