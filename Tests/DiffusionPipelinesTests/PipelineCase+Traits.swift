import DiffusionPipelines
import Tensors
import TestSupport

extension PipelineCase {
  /// Cases and the devices that run them.
  static func onBackends(_ cases: [PipelineCase]) -> [(PipelineCase, Device)] {
    Device.backends(for: cases, traits: \.traits)
  }

  /// What a device meets in some cases alone: networks beside one another, and kinds of steps.
  private var traits: [String: Bool] {
    let networks =
      controls.map(\.folder) + [ipAdapter, gligenBoxes.map { _ in "boxes" }].compactMap { $0 }
    return [
      scheduler: true,
      "\(architecture) with \(networks.joined(separator: ", "))": true,
      "no guidance": guidanceScale == 1,
      "guidance in some steps": guidanceInterval != nil,
      "control in some steps": controls.contains { $0.settings.steps != StepRange() },
      "guess mode": guessMode == true,
      "noise in steps": eta != nil,
      "deep features": deepFeatureInterval != nil,
      "a picture to begin with": strength != nil,
      "sizes": originalSize != nil,
      "several images": seeds.count > 1,
    ]
  }
}
