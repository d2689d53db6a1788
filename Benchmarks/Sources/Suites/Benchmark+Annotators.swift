import NeuralLayers
import Tensors
import VisionModels

extension Benchmark {
  /// The networks of annotators at the published sizes, with random weights.
  static let annotators = [
    annotator("hed", ControlNetHED.self) { $0($1) },
    annotator("pidinet", PiDiNet.self) { $0($1) },
    annotator("depth", DPTDepthModel.self) { $0($1) },
    annotator("depth-large", DPTDepthModel.self, .large) { $0($1) },
    annotator("lineart", LineArtGenerator.self) { $0($1) },
    annotator("lineart-anime", UnetGenerator.self) { $0($1) },
  ]

  /// `annotator/network/512`: one image at the size at which annotators look unless told otherwise.
  private static func annotator<Model: PretrainedModel>(
    _ name: String, _ type: Model.Type, _ configuration: Model.Configuration = .init(),
    draw: @escaping @Sendable (Model, Tensor) -> Tensor
  ) -> Benchmark {
    Benchmark(name: "annotator/\(name)/512") { bench in
      let network = try bench.network(type, configuration)
      let image = bench.samples([1, 512, 512, 3])
      return { _ = draw(network, image) }
    }
  }
}
