import DiffusionPipelines
import Foundation
import ImageFiles
import Tensors
import TestSupport
import Testing

@Suite struct StableDiffusionPipelineTests {
  @Test(arguments: PipelineCase.onBackends(PipelineCase.all))
  func paintsWhatDiffusersPaints(_ pipelineCase: PipelineCase, on device: Device) throws {
    let expected = try pipelineCase.expected()
    let pipeline = try pipelineCase.pipeline(on: device)
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

  /// diffusers rounds every activation to bf16, we round only the operands of products.
  @Test(arguments: PipelineCase.all)
  func losesLessInBF16ThanDiffusersDoes(_ pipelineCase: PipelineCase) throws {
    let expected = try pipelineCase.expected()
    let pipeline = try pipelineCase.pipeline(on: .sharedCPU, precision: .bfloat16)
    let output = try pipeline(try pipelineCase.requests(), pipelineCase.settings)

    let reference = expected["\(pipelineCase.name).final_latents"].floats()
    let theirs = expected["\(pipelineCase.name).bf16_final_latents"].floats()
    let ours = LatentArray(joining: output.latents).values
    #expect(ours != reference)
    #expect(distance(ours, reference) < distance(theirs, reference))
  }

  private func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
