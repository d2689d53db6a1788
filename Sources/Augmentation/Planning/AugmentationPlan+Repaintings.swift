import DiffusionPipelines
import Faults
import SegmentationDatasets

extension AugmentationPlan {
  /// The images that repaint photographs, in the order in which they are made.
  static func repaintings(
    of sources: [AugmentationSource], _ classes: ClassList, captions: Captions?,
    _ settings: AugmentationSettings
  ) throws -> [PlannedImage] {
    if let instances = settings.instances {
      return try instanceRepaintings(of: sources, classes, instances, settings)
    }
    let choices: [(source: Int, start: Start?)] =
      try settings.encodeRatios == nil
      ? choices(among: sources, settings).map { ($0, nil) } : sets(of: sources, settings)
    let names = names(of: choices.map(\.source), among: sources)
    // All images of a source share its words.
    var texts: [Int: (classes: [String], prompt: String)] = [:]
    return zip(choices, names).map { choice, name in
      let source = sources[choice.source]
      let text =
        texts[choice.source]
        ?? (
          source.classes.sorted().map { classes.words(for: $0) },
          settings.promptStyle.prompt(
            caption: captions?.byStem[source.stem],
            classes: settings.namesClasses ? source.classOrder.map { classes.words(for: $0) } : [])
        )
      texts[choice.source] = text
      return PlannedImage(
        source: choice.source, copy: name.copy, name: name.name, classIDs: source.classes,
        classes: text.classes, prompt: text.prompt,
        seed: ImageSeed.seed(run: settings.seed, stem: source.stem, copy: name.copy),
        start: choice.start)
    }
  }

  private static func choices(
    among sources: [AugmentationSource], _ settings: AugmentationSettings
  ) throws -> [Int] {
    guard sources.contains(where: { !$0.classes.isEmpty }) else {
      throw AugmentationError(
        .badData,
        "No photograph of this split has a labelled class: all masks are background, or ids whose "
          + "class is left open. Check that the masks hold class ids.")
    }
    let wanted = wanted(of: sources, settings)
    return settings.oversampling.map { spread(wanted, times: $0) } ?? wanted
  }

  /// The sources of the images that are asked for.
  private static func wanted(
    of sources: [AugmentationSource], _ settings: AugmentationSettings
  ) -> [Int] {
    if let copies = settings.copies {
      let labelled = sources.indices.filter { !sources[$0].classes.isEmpty }
      return (0..<copies).flatMap { _ in labelled }
    }
    let balancing = ClassBalancing(sources.map(\.classes))
    if let target = settings.targetPerClass { return balancing.choices(targetPerClass: target) }
    return balancing.choices(count: settings.images ?? sources.count)
  }

  /// As many choices as are wanted times a factor: each the same number of times, or once more.
  static func spread<Choice>(_ choices: [Choice], times factor: Double) -> [Choice] {
    let count = Int((Double(choices.count) * factor).rounded())
    return (0..<count).map { choices[$0 * choices.count / count] }
  }

  /// `<stem>_<copy>` for every choice. A number whose name an original has is passed over: a dataset
  /// may hold both `a` and `a_1`, for one because it was augmented before.
  static func names(
    of choices: [Int], among sources: [AugmentationSource]
  ) -> [(name: String, copy: Int)] {
    let taken = Set(sources.map(\.stem))
    var last: [Int: Int] = [:]
    return choices.map { index in
      let stem = sources[index].stem
      var copy = last[index, default: 0] + 1
      while taken.contains("\(stem)_\(copy)") { copy += 1 }
      last[index] = copy
      return ("\(stem)_\(copy)", copy)
    }
  }
}
