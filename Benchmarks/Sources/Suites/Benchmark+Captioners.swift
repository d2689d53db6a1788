import LanguageModels
import NeuralLayers
import Tensors

extension Benchmark {
  /// The captioners at the published sizes, with random weights.
  static let captioners = [
    captioner("blip-base", BlipForConditionalGeneration.self, .base),
    captioner("blip2-opt-2.7b", Blip2ForConditionalGeneration.self, .opt2_7b),
  ]

  private static let tokens = 20

  /// `caption/network/20`: one image, and so many tokens, the likeliest each time.
  private static func captioner<Model: CaptioningModel>(
    _ name: String, _ type: Model.Type, _ configuration: Model.Configuration
  ) -> Benchmark {
    Benchmark(name: "caption/\(name)/\(tokens)") { bench in
      let network = try bench.network(type, configuration)
      let limits = Model.limits(of: configuration)
      let image = bench.samples([1, limits.imageSize, limits.imageSize, 3])
      var settings = GenerationSettings()
      (settings.minNewTokens, settings.maxNewTokens) = (tokens, tokens)
      let generator = TextGenerator(settings, end: limits.end, longest: limits.longest)
      let opening = network.opening([])
      return { _ = try generator(behind: opening, by: network.decoding(image), seeds: [0]) }
    }
  }
}
