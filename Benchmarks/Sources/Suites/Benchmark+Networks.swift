import Checkpoints
import DiffusionModels
import TensorCore

extension Benchmark {
  /// Whole networks at full size, with random weights.
  static let networks = [
    text("clip-l", .vitL), text("openclip-bigg", .bigG),
    adapter("sd15", .sd15, side: 512), adapter("sdxl", .sdxl, side: 1024),
    unet("sd15", .sd15, side: 512), unet("sdxl", .sdxl, side: 512),
    unet("sdxl", .sdxl, side: 1024),
    decoder(side: 512), decoder(side: 1024),
  ]

  /// `text/encoder`: one prompt of 77 tokens.
  static func text(_ name: String, _ configuration: CLIPTextConfiguration) -> Benchmark {
    Benchmark(name: "text/\(name)") { bench in
      let encoder = try bench.network(CLIPTextModel.self, configuration)
      let tokens = [Array(1...configuration.maxPositionEmbeddings)]
      return { _ = encoder(tokens) }
    }
  }

  /// `adapter/network/side`: the features of one outline.
  static func adapter(
    _ name: String, _ configuration: T2IAdapterConfiguration, side: Int
  ) -> Benchmark {
    Benchmark(name: "adapter/\(name)/\(side)") { bench in
      let adapter = try bench.network(T2IAdapter.self, configuration)
      let outline = bench.samples([1, side, side, configuration.inChannels])
      return { _ = adapter(outline) }
    }
  }

  /// `unet/network/side/guided`: one step, a batch of two, for a picture of so many pixels a side.
  static func unet(_ name: String, _ configuration: UNetConfiguration, side: Int) -> Benchmark {
    Benchmark(name: "unet/\(name)/\(side)/guided") { bench in
      let unet = try bench.network(UNet2DConditionModel.self, configuration)
      let sample = bench.samples([2, side / 8, side / 8, configuration.inChannels])
      let context = unet.project(
        encoderHiddenStates: bench.samples([2, 77, configuration.crossAttentionDim[0]]))
      let size = [Float(side), Float(side), 0, 0, Float(side), Float(side)]
      let conditions = configuration.additionEmbedType.map { _ in
        AddedConditions(textEmbeddings: bench.samples([2, 1280]), timeIDs: [size, size])
      }
      return {
        _ = unet(sample, timestep: 500, context: context, addedConditions: conditions)
      }
    }
  }

  /// `vae/decode/side`: one picture.
  static func decoder(side: Int) -> Benchmark {
    Benchmark(name: "vae/decode/\(side)") { bench in
      let autoencoder = try bench.network(AutoencoderKL.self, .sd)
      let latents = bench.samples([1, side / 8, side / 8, 4])
      return { _ = autoencoder.decode(latents) }
    }
  }
}
