import DiffusionPipelines
import Tensors
import TestSupport
import Testing

extension PipelineCase {
  /// What the case's requests end in with other settings.
  func latents(
    on device: Device, _ change: (inout SamplingSettings) -> Void
  ) throws -> [LatentArray] {
    var settings = settings
    change(&settings)
    return try pipeline(on: device)(try requests(), settings).latents
  }

  /// Expects latents to be those of the reference.
  func expectLatents(
    _ latents: [LatentArray], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = LatentArray(joining: latents)
    expectClose(
      Tensor(found.values, found.shape, on: .sharedCPU), try expected()["\(name).final_latents"],
      within: .model, sourceLocation: sourceLocation)
  }
}
