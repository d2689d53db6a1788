import Faults
import SegmentationDatasets

extension AugmentationPlan {
  /// How many instances are painted, each at a size of its own; of other runs, how many images.
  public var paintings: Int { pictures.reduce(0) { $0 + ($1.repainted?.count ?? 1) } }

  /// What the model is asked for, with the name of the image that it is for.
  public var prompts: [(name: String, prompt: String)] {
    pictures.flatMap { picture in
      (picture.repainted?.map(\.prompt) ?? [picture.prompt]).map { (picture.name, $0) }
    }
  }

  /// The images that paint instances of some photographs anew.
  ///
  /// - Throws: ``AugmentationError`` where there is no instance, or all are too small.
  static func instanceRepaintings(
    of sources: [AugmentationSource], _ classes: ClassList, _ instances: InstanceSettings,
    _ settings: AugmentationSettings
  ) throws -> [PlannedImage] {
    let eligible = sources.map { $0.instances.filter(instances.takes) }
    try require(eligible, of: sources, instances)
    let choices = choices(among: eligible, of: sources, instances, settings)
    let names = names(of: choices.map(\.source), among: sources)
    return zip(choices, names).map { choice, name in
      let source = sources[choice.source]
      let seed = ImageSeed.seed(run: settings.seed, stem: source.stem, copy: name.copy)
      let repainted = choice.instances.map { place in
        let extent = eligible[choice.source][place]
        let words = classes.words(for: extent.classID)
        return RepaintedInstance(
          extent, words: words, prompt: instances.prompt(for: words), in: seed)
      }
      return PlannedImage(
        source: choice.source, copy: name.copy, name: name.name, classIDs: source.classes,
        classes: source.classes.sorted().map { classes.words(for: $0) },
        prompt: repainted.map(\.prompt).firstOfEach.joined(separator: "; "), seed: seed,
        repainted: repainted)
    }
  }

  private static func choices(
    among eligible: [[InstanceExtent]], of sources: [AugmentationSource],
    _ instances: InstanceSettings, _ settings: AugmentationSettings
  ) -> [InstanceBalancing.Choice] {
    let balancing = InstanceBalancing(
      eligible.map { $0.map(\.classID) },
      counts: Dictionary(sources.flatMap(\.instances).map { ($0.classID, 1) }, uniquingKeysWith: +),
      perImage: instances.perImage ?? .max)
    let wanted =
      if let copies = settings.copies {
        balancing.choices(copies: copies)
      } else if let target = settings.targetPerClass {
        balancing.choices(targetPerClass: target)
      } else {
        balancing.choices(count: settings.images ?? sources.count)
      }
    return settings.oversampling.map { spread(wanted, times: $0) } ?? wanted
  }

  private static func require(
    _ eligible: [[InstanceExtent]], of sources: [AugmentationSource],
    _ instances: InstanceSettings
  ) throws {
    guard eligible.allSatisfy(\.isEmpty) else { return }
    let all = sources.flatMap(\.instances)
    guard let largest = all.map(\.side).max() else {
      throw AugmentationError(
        .badData,
        "No photograph of this split says which pixels are one object: the dataset has no instances, or only crowds. "
          + "Give one whose layout has instances, or repaint whole photographs.",
        remedies: [Remedy(.recipe)])
    }
    throw AugmentationError(
      .badData,
      "All \(all.count) instances of this split are smaller than \(instances.leastSize)×\(instances.leastSize) pixels, "
        + "the largest has as many as a square of \(Int(largest)). Lower the least size, or enlarge small instances.",
      remedies: [Remedy(.instanceSize), Remedy(.smallInstances)])
  }

  /// What is said of the instances that are not painted, a sentence each.
  static func notices(
    onInstancesOf sources: [AugmentationSource], _ settings: InstanceSettings
  ) -> [String] {
    let all = sources.flatMap(\.instances)
    let small = all.count { !settings.takes($0) }
    let without = sources.count { $0.instances.isEmpty }
    var notices: [String] = []
    if small > 0 {
      notices.append(
        "\(small) of \(all.count) instances are smaller than \(settings.leastSize)×\(settings.leastSize) pixels, and "
          + "stay as they are.")
    }
    if without > 0 {
      notices.append(
        "\(without) of \(sources.count) photographs have no instances, and nothing is made of them."
      )
    }
    return notices
  }
}

extension InstanceSettings {
  /// Whether an instance is painted.
  fileprivate func takes(_ extent: InstanceExtent) -> Bool {
    small == .enlarge || extent.pixels >= leastSize * leastSize
  }
}

extension [String] {
  /// Each text once, in the order in which they come first.
  fileprivate var firstOfEach: [String] {
    var known: Set<String> = []
    return filter { known.insert($0).inserted }
  }
}
