import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// ControlNets that have learnt from images whose channels were blue, green and red.
@Suite struct ChannelOrderTests {
  private let folder: TemporaryFolder
  private let settings = SamplingSettings(
    steps: 4, guidanceScale: 2, start: .encodedImage(ratio: 0.5))

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Fixture.url("pipelines/sd15/control_dropout"), to: folder.appending("bgr"))
    let config = folder.appending("bgr/config.json")
    let text = try String(contentsOf: config, encoding: .utf8)
    try FileManager.default.removeItem(at: config)
    try folder.write(
      text.replacing("\"act_fn\"", with: "\"image_channel_order\": \"bgr\",\n  \"act_fn\""),
      "bgr/config.json")
  }

  private func pipeline(_ controls: URL...) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: Fixture.url("pipelines/sd15/model"), controls: controls, scheduler: .ddim,
      device: .sharedCPU)
  }

  private func request(_ image: Image, _ controls: Int = 1) throws -> ImageRequest {
    let outlines = try Image(contentsOf: Fixture.url("pipelines/sd15/outlines.png"))
    return ImageRequest(
      prompt: "a dog", width: 72, height: 56, seed: 3, image: image,
      controlImages: (0..<controls).map { _ in outlines })
  }

  /// The photograph goes in, and the image comes out, with the channels that the network knows; control images stay.
  @Test func photographsAndImagesAreTurnedAround() throws {
    let photograph = try Image(contentsOf: Fixture.url("pipelines/sd15/start.png")).rgb()
    let plain = try pipeline(Fixture.url("pipelines/sd15/control_dropout"))
    let turned = try pipeline(folder.appending("bgr"))
    #expect(!plain.controls[0].paintsBGR && turned.controls[0].paintsBGR)
    let expected = try plain([request(photograph.reversingChannels())], settings)
    let found = try turned([request(photograph)], settings)
    #expect(found.latents == expected.latents)
    #expect(found.images[0] == expected.images[0].reversingChannels())
    #expect(found.images[0] != expected.images[0])
  }

  @Test func oneImageCannotBeRightForBoth() throws {
    let error = try #require(throws: PipelineError.self) {
      try pipeline(folder.appending("bgr"), Fixture.url("pipelines/sd15/control"))
    }
    #expect(error.kind == .request && error.description.contains("image_channel_order"))
  }

  @Test func channelsAreReversed() {
    let image = Image(width: 2, height: 1, channels: 3, pixels: [1, 2, 3, 4, 5, 6])
    #expect(image.reversingChannels().pixels == [3, 2, 1, 6, 5, 4])
    let grey = Image(width: 2, height: 1, channels: 1, pixels: [1, 2])
    #expect(grey.reversingChannels() == grey)
  }
}
