import Checkpoints
import ImageAnnotation
import ImageFiles
import NeuralLayers
import Tensors
import TestSupport
import Testing
import VisionModels

/// An image that `tools/fixtures/augmentation_line_art.py` made.
private func fixture(_ name: String) throws -> Image {
  try Image(contentsOf: Fixture.url("augmentation/\(name).png"))
}

@Suite struct LineArtDetectorTests {
  @Test(arguments: Device.underTest) func drawsWhatTheAnnotatorDraws(on device: Device) throws {
    let detector = try LineArtDetector(at: Fixture.url("annotators/lineart"), device: device)
    let lines = try detector(try fixture("line_art_picture"))
    let expected = try fixture("line_art_lines").grey()
    #expect((lines.width, lines.height, lines.channels) == (100, 64, 1))
    // Rounding down to 8 bits turns a difference in the last place into one level, now and then.
    let differences = zip(lines.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
    #expect(differences.max() ?? 0 <= 1 && differences.count { $0 > 0 } < 10)
    #expect(expected.pixels.max() ?? 0 > 200 && expected.pixels.min() ?? 255 < 50)
  }

  @Test(arguments: Device.underTest) func takesPicturesOfAnySize(on device: Device) throws {
    let detector = try LineArtDetector(at: Fixture.url("annotators/lineart"), device: device)
    for (width, height) in [(1, 1), (9, 7), (30, 5)] {
      let lines = try detector(Image(width: width, height: height, channels: 1, fill: 90))
      #expect((lines.width, lines.height) == (width, height))
    }
  }

  @Test func refusesANetworkThatDrawsNoGreyOfRGB() throws {
    let folder = try TemporaryFolder()
    var configuration = LineArtConfiguration()
    (configuration.baseChannels, configuration.inChannels) = (1, 1)
    try folder.write(configuration.json(), "config.json")
    let weights = SyntheticParameters()
    _ = try LineArtGenerator(Parameters(weights, device: .meta), configuration)
    try weights.write(to: folder.appending("model.safetensors"))
    let error = try #require(throws: CheckpointError.self) {
      try LineArtDetector(at: folder.url, device: .sharedCPU)
    }
    #expect(error.description.contains("1 channels of 1"))
  }
}
