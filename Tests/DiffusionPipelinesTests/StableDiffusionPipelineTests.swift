import DiffusionPipelines
import Foundation
import ImageFiles
import TensorCore
import TestSupport
import Testing

@Suite struct StableDiffusionPipelineTests {
  @Test(arguments: PipelineCase.all)
  func paintsWhatDiffusersPaints(_ pipelineCase: PipelineCase) throws {
    let expected = try Fixture("pipelines/\(pipelineCase.architecture)/expected")
    let pipeline = try pipelineCase.pipeline(on: .sharedCPU)
    let output = try pipeline(try pipelineCase.requests(), pipelineCase.settings)

    let latents = LatentArray(joining: output.latents)
    expectClose(
      Tensor(latents.values, latents.shape, on: .sharedCPU),
      expected["\(pipelineCase.name).final_latents"], within: .model)
    let pictures = try expected.bytes("\(pipelineCase.name).picture")
    let worst = zip(output.images.flatMap(\.pixels), pictures)
      .reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    #expect(output.images.reduce(0) { $0 + $1.pixels.count } == pictures.count)
    #expect(worst <= 1)
  }
}
