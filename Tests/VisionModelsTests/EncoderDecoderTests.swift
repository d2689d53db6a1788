import Checkpoints
import Foundation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct EncoderDecoderTests {
  /// Of MMSegmentation, and one of torchvision.
  static let networks = ["deeplabv3plus", "deeplabv3", "pspnet", "deeplab_torchvision"]

  @Test(arguments: networks, Device.backendsUnderTest)
  func seesAsTheOriginal(network: String, device: Device) throws {
    let f = try ModelFixture<EncoderDecoder>(network, on: device)
    let output = f.model(f.map("pixels"))
    let expected = f.maps("map")
    #expect(output.maps.count == expected.count)
    for (map, wanted) in zip(output.maps, expected) { expectClose(map, wanted, within: .float32) }
    expectClose(output.logits, f.map("logits"), within: .float32)
  }

  @Test(arguments: [
    ("deeplabv3plus", 40, EncoderDecoderImageProcessor.Resampling.openCV),
    ("deeplab_torchvision", 41, .pillow),
  ])
  func preparesAsTheOriginal(
    network: String, short: Int, resampling: EncoderDecoderImageProcessor.Resampling
  ) throws {
    var processor = EncoderDecoderImageProcessor()
    processor.shortestEdge = short
    processor.resampling = resampling
    let scene = try Image(contentsOf: Fixture.url("annotators/scene.png"))
    let expected = try Fixture("models/" + network)["pixels"].channelsLast()
    expectClose(processor(scene, on: .sharedCPU), expected, within: .float32)
  }

  @Test func windowsCoverAnImageAndEndWithIt() {
    var processor = EncoderDecoderImageProcessor()
    #expect(processor.windows(height: 700, width: 600).count == 1)
    processor.testMode = .slide
    processor.cropSize = RectangleSides(height: 32, width: 48)
    processor.stride = RectangleSides(height: 24, width: 31)
    let windows = processor.windows(height: 40, width: 80)
    #expect(windows.map(\.rows) == [0..<32, 0..<32, 0..<32, 8..<40, 8..<40, 8..<40])
    #expect(windows.prefix(3).map(\.columns) == [0..<48, 31..<79, 32..<80])
    #expect(processor.windows(height: 20, width: 30).map(\.rows) == [0..<20])
  }

  @Test(arguments: [
    (#"{"depths": [3, 4, 6]}"#, "expected as many each"), (#"{"base_channels": 5}"#, "is odd"),
    (#"{"align_corners": true}"#, "align_corners"), (#"{"decode_head": "UPerHead"}"#, "PSPHead"),
    (#"{"aspp_dilations": []}"#, "expected 1 to"),
  ])
  func refusesConfigurationsThatCannotBe(json: String, words: String) throws {
    try expectRefusal(naming: words) {
      try EncoderDecoderConfiguration(json: Data(json.utf8), location: "config.json")
    }
  }

  @Test func refusesWindowsWithGaps() {
    let json = #"{"test_mode": "slide", "crop_size": 64, "stride": 65}"#
    #expect(throws: CheckpointError.self) {
      try EncoderDecoderImageProcessor(
        json: Data(json.utf8), location: "preprocessor_config.json")
    }
  }
}
