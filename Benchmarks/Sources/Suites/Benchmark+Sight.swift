import NeuralLayers
import Tensors
import VisionModels

extension Benchmark {
  /// The networks that measure what images show, and one that finds objects, at the published sizes, with random weights.
  static let sight = [
    sight("clip-b32", CLIPVisionModel.self, .vitB32, side: 224) { $0($1).pooledOutput },
    sight("clip-l14", CLIPVisionModel.self, .vitL14, side: 224) { $0($1).pooledOutput },
    sight("inception", FIDInceptionV3.self, .init(), side: FIDInceptionV3.side) {
      $0.features(of: $1)
    },
    // To which the processor stretches images, and the size of those that it learnt from.
    masks(side: 384), masks(side: 1024),
  ]

  private static func masks(side: Int) -> Benchmark {
    sight("mask2former-swin-l", Mask2FormerForUniversalSegmentation.self, .swinLarge, side: side) {
      $0($1).maskLogits
    }
  }

  /// `sight/network/side`: one image as the network reads it.
  private static func sight<Model: PretrainedModel>(
    _ name: String, _ type: Model.Type, _ configuration: Model.Configuration, side: Int,
    look: @escaping @Sendable (Model, Tensor) -> Tensor
  ) -> Benchmark {
    Benchmark(name: "sight/\(name)/\(side)") { bench in
      let network = try bench.network(type, configuration)
      let image = bench.samples([1, side, side, 3])
      return { _ = look(network, image) }
    }
  }
}
