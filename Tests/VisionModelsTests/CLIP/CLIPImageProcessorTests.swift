import Checkpoints
import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct CLIPImageProcessorTests {
  /// A wide and a high image: whole, and cropped on all sides.
  @Test(arguments: [("whole", 24, 24), ("cropped", 64, 48)], 1...2)
  func preparesAsTransformers(_ sizes: (name: String, size: Int, crop: Int), image: Int) throws {
    let f = try Fixture("models/clip_images")
    let pixels = try Image(
      contentsOf: Fixture.url("pipelines/sd15/image_prompt_\(image).png"))
    var processor = CLIPImageProcessor()
    processor.size = ShortestEdge(sizes.size)
    processor.cropSize = SquareSide(sizes.crop)
    expectClose(
      processor(pixels, on: .sharedCPU), f["\(sizes.name).\(image)"].channelsLast(),
      within: .float32)
  }

  private func processor(_ json: String) throws -> CLIPImageProcessor {
    try CLIPImageProcessor(json: Data(json.utf8), location: "preprocessor_config.json")
  }

  /// As OpenAI's models have it, and as recent transformers writes it.
  @Test(arguments: [
    #"""
    {"crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true,
     "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 224,
     "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}
    """#,
    #"""
    {"crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 224}, "do_rescale": true,
     "do_convert_rgb": true, "rescale_factor": 0.00392156862745098, "image_processor_type": "CLIPImageProcessor"}
    """#,
  ])
  func readsOldAndNewFiles(json: String) throws {
    let found = try processor(json)
    #expect(found.cropSize == SquareSide(224) && found.size == ShortestEdge(224))
    #expect(found.normalization == .clip)
  }

  @Test(arguments: [
    #"{"resample": 2}"#, #"{"do_center_crop": false}"#, #"{"size": {"height": 224, "width": 224}}"#,
    #"{"crop_size": {"height": 224, "width": 225}}"#, #"{"image_std": [0, 1, 1]}"#,
    #"{"image_mean": [0.5]}"#, #"{"crop_size": 230}"#, #"{"do_pad": true}"#,
  ])
  func refusesWhatItDoesNotDo(json: String) {
    #expect(throws: CheckpointError.self) { try processor(json) }
  }

  @Test func makesImagesAsLargeAsTheEncoderWantsThem() throws {
    let folder = try TemporaryFolder()
    var encoder = CLIPVisionConfiguration()
    encoder.imageSize = 336
    let found = try CLIPImageProcessor(ModelFolder(folder.url), for: encoder)
    #expect(found.cropSize == SquareSide(336) && found.size == ShortestEdge(336))
    let file = folder.url.appending(path: "preprocessor_config.json")
    try Data(#"{"crop_size": 224}"#.utf8).write(to: file)
    #expect(throws: CheckpointError.self) {
      try CLIPImageProcessor(ModelFolder(folder.url), for: encoder)
    }
  }
}
