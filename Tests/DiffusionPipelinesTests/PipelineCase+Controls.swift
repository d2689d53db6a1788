import DiffusionPipelines

extension PipelineCase {
  /// What steers a case.
  struct Control {
    let folder: String
    let image: String
    let settings: ControlSettings
  }

  /// First the adapters, then the ControlNets.
  var controls: [Control] { adapters + networks }

  private var adapters: [Control] {
    (adapterConditioningScale?.values ?? []).enumerated().map { index, scale in
      let suffix = index == 0 ? "" : "_\(index + 1)"
      return Control(
        folder: "adapter\(suffix)", image: "guide\(suffix).png",
        settings: ControlSettings(
          scale: scale, steps: StepRange(end: adapterConditioningFactor ?? 1)))
    }
  }

  private var networks: [Control] {
    (controlnets ?? []).enumerated().map { index, folder in
      Control(
        folder: folder, image: folder == "control_labels" ? "labels.png" : "outlines.png",
        settings: ControlSettings(
          scale: controlnetConditioningScale?[index] ?? 1,
          steps: StepRange(
            start: controlGuidanceStart?[index] ?? 0, end: controlGuidanceEnd?[index] ?? 1),
          guessMode: guessMode ?? false))
    }
  }
}
