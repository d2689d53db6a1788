import DiffusionModels
import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// GLIGEN's inpainting, with the widened network of `tools/fixtures/gligen_inpainting.py`.
@Suite struct ObjectInpaintingTests {
  private let folder: TemporaryFolder
  private var model: URL { folder.url.appending(path: "model") }

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(at: Fixture.url("pipelines/gligen/model"), to: model)
    try widenUNet(of: model, Self.widened)
  }

  /// A first convolution that reads further channels with half of the kernels 1, 2, 3, 0 and 1.
  private static func widened(_ kernel: Tensor) -> Tensor {
    let (numbers, size) = (kernel.floats(), kernel.shape[2] * kernel.shape[3])
    let taps = (0..<kernel.shape[0]).flatMap { output in
      let own = (0..<4).map { input in
        Array(numbers[(output * 4 + input) * size..<(output * 4 + input + 1) * size])
      }
      return own.joined() + [1, 2, 3, 0, 1].flatMap { input in own[input].map { 0.5 * $0 } }
    }
    return Tensor(taps, [kernel.shape[0], 9, kernel.shape[2], kernel.shape[3]], on: .sharedCPU)
  }

  private func request() throws -> ImageRequest {
    let boxes = [
      ("a dog", BoundingBox(x0: 0.1, y0: 0.3, x1: 0.55, y1: 0.95)),
      ("the old house behind a tree", BoundingBox(x0: 0.4, y0: 0, x1: 1, y1: 0.7)),
      ("two birds", BoundingBox(x0: 0.05, y0: 0.05, x1: 0.3, y1: 0.2)),
    ]
    return ImageRequest(
      prompt: "a garden", negativePrompt: "blurred", width: 64, height: 64, seed: 7,
      image: try Image(contentsOf: Fixture.url("pipelines/gligen/start.png")),
      objects: boxes.map { BoxedObject($0, in: $1) })
  }

  @Test(arguments: [SchedulerKind.ddim, .euler], Device.backendsUnderTest)
  func repaintsBoxesAsDiffusers(scheduler: SchedulerKind, device: Device) throws {
    let expected = try Fixture("pipelines/gligen/inpainting")
    let pipeline = try StableDiffusionPipeline(folder: model, scheduler: scheduler, device: device)
    let settings = SamplingSettings(steps: 10, boxSteps: StepRange(end: 0.6))
    let latents = try pipeline([request()], settings).latents[0]
    expectClose(
      Tensor(latents.values, latents.shape, on: .sharedCPU),
      expected["\(scheduler.rawValue).final_latents"], within: .model)
  }

  @Test func needsAnImageAndBoxesOrAMask() throws {
    let pipeline = try StableDiffusionPipeline(folder: model, device: .sharedCPU)
    let settings = SamplingSettings(steps: 1)
    var request = try request()
    let weak = SamplingSettings(steps: 2, start: .image(strength: 0.5))
    #expect(throws: PipelineError.self) { try pipeline([request], weak) }
    let image = request.image
    request.image = nil
    #expect(throws: PipelineError.self) { try pipeline([request], settings) }
    request.image = image
    request.objects = []
    #expect(throws: PipelineError.self) { try pipeline([request], settings) }
    request.mask = Image(width: 64, height: 64, channels: 1, fill: 255)
    _ = try pipeline([request], settings)
  }
}
