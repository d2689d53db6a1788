import DiffusionModels
import Tensors

/// The steps of a run as a device repeats them: those that compute their deep features, and those that reuse them.
struct RecordedRun<Model: Denoiser> {
  let step: DenoisingStep<Model>
  private var recordings: [Bool: Recording] = [:]

  init(_ step: DenoisingStep<Model>) { self.step = step }

  /// What joins the steps.
  var controls: [any StepControl] { step.controls }

  /// Takes a step; see ``DenoisingStep``.
  mutating func callAsFunction(_ inputs: StepInputs) -> [Tensor] {
    let (step, counts) = (step, inputs.counts)
    let reuses = !inputs.kept.isEmpty
    let recording = recordings[reuses] ?? Recording { step(StepInputs($0, counts: counts)) }
    recordings[reuses] = recording
    return recording(inputs.row)
  }
}
