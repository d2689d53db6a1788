import Foundation
import LanguageModels
import Tensors
import TestSupport
import Testing

@Suite struct GenerationTests {
  @Test(arguments: 0..<16)
  func writesTheTokensOfTransformers(way: Int) throws {
    try expectTransformersTokens(way, on: .sharedCPU)
  }

  /// Greedy, and beams with an opening.
  @Test(arguments: [0, 7], [Device.sharedVulkan].compactMap { $0 })
  func writesThemOnGraphicsDevicesToo(way: Int, device: Device) throws {
    try expectTransformersTokens(way, on: device)
  }

  private func expectTransformersTokens(_ index: Int, on device: Device) throws {
    let f = try BlipFixture(on: device)
    #expect(f.captions.ways.count == 16)
    let way = f.captions.ways[index]
    let generator = f.generator(way.settings.settings)
    let found = try generator(
      behind: f.model.opening(try f.tokenizer(way.settings.prompt ?? "")),
      by: f.model.decoding(f.images), seeds: [UInt64](repeating: way.settings.seed ?? 0, count: 3))
    #expect(found == way.ids)
    let tokenizer = try f.tokenizer
    #expect(found.map { tokenizer.decode($0) } == way.texts)
  }

  @Test func anImageHasItsTextInAnyCompany() throws {
    let f = try BlipFixture()
    let images = f.images
    for way in [1, 7, 10] {
      let expected = f.captions.ways[way]
      for image in 0..<3 {
        let found = try f.generator(expected.settings.settings)(
          behind: f.model.opening(try f.tokenizer(expected.settings.prompt ?? "")),
          by: f.model.decoding(images.samples(image..<image + 1)), seeds: [0])
        #expect(found == [expected.ids[image]])
      }
    }
  }

  @Test func drawsFromTheNucleusOfTransformers() throws {
    let f = try BlipFixture()
    let scores = f.states["scores"].floats()
    let cases = [
      ("warped.p", NucleusSampling(topP: 0.9, topK: 0)),
      ("warped.all", NucleusSampling(topP: 0.8, topK: 12, temperature: 1.5)),
    ]
    for (name, sampling) in cases {
      var found = [Float](repeating: 0, count: scores.count)
      for (token, probability) in sampling.candidates(of: scores) { found[token] = probability }
      expectClose(found, f.states[name].floats(), within: .float32)
    }
  }

  @Test func aSeedChoosesTheText() throws {
    let f = try BlipFixture()
    var settings = GenerationSettings()
    settings.sampling = NucleusSampling(topP: 0.95, temperature: 2)
    let images = f.images
    func texts(_ seeds: [UInt64]) throws -> [[Int32]] {
      try f.generator(settings)(
        behind: f.model.opening(try f.tokenizer("")), by: f.model.decoding(images), seeds: seeds)
    }
    let first = try texts([1, 2, 3])
    #expect(try texts([1, 2, 3]) == first)
    let second = try texts([1, 5, 6])
    #expect(second[0] == first[0] && second[1...] != first[1...])
  }

  @Test func refusesTextsWithoutRoom() throws {
    let f = try BlipFixture()
    var settings = GenerationSettings()
    for (length, beams, words) in [(5, 1, "opening"), (4000, 1, "opening"), (20, 600, "beams")] {
      settings.maxLength = length
      settings.numBeams = beams
      let error = try #require(throws: GenerationError.self) {
        try f.generator(settings)(
          behind: f.model.opening(try f.tokenizer("a picture of")),
          by: f.model.decoding(f.images), seeds: [0, 0, 0])
      }
      #expect(error.description.contains(words))
    }
  }
}

extension BlipFixture {
  var tokenizer: BertTokenizer { get throws { try BertTokenizer(folder: folder) } }

  func generator(_ settings: GenerationSettings) -> TextGenerator {
    let text = model.configuration.textConfig
    return TextGenerator(
      settings, end: Int32(text.sepTokenId), longest: text.maxPositionEmbeddings)
  }
}
