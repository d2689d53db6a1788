import Checkpoints
import DiffusionModels
import LanguageModels
import Tensors

extension Benchmark {
  /// Whole networks at full size, with random weights.
  static let networks = [
    text("clip-l", .vitL), text("openclip-bigg", .bigG),
    adapter("sd15", .sd15, side: 512), adapter("sdxl", .sdxl, side: 1024),
    unet("sd15", .sd15, side: 512), unet("sd15", .sd15, side: 512, pictures: 4),
    unet("sd15", .sd15, side: 512, pictures: 8), unet("sdxl", .sdxl, side: 512),
    unet("sdxl", .sdxl, side: 1024), unet("sd15-inpainting", .sd15Inpainting, side: 512),
    controlled("sd15", .sd15, side: 512), controlled("sdxl", .sdxl, side: 1024),
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

  /// `unet/network/side/guided` or `…/guided/images`: one step for one image or several, of so many
  /// pixels a side. Each takes two samples of the batch.
  static func unet(
    _ name: String, _ configuration: UNetConfiguration, side: Int, pictures: Int = 1
  ) -> Benchmark {
    let count = pictures == 1 ? "" : "/\(pictures)"
    return Benchmark(name: "unet/\(name)/\(side)/guided\(count)") { bench in
      let batch = 2 * pictures
      let unet = try bench.network(UNet2DConditionModel.self, configuration)
      let sample = bench.samples([batch, side / 8, side / 8, configuration.inChannels])
      let context = unet.project(
        encoderHiddenStates: bench.samples([batch, 77, configuration.crossAttentionDim[0]]))
      let told = UNetConditions(
        context, added: bench.added(configuration, samples: batch, side: side))
      let time = unet.timeFeatures([Float](repeating: 500, count: batch), on: bench.device)
      // As an image's steps are: recorded on devices that record.
      let step = Recording { inputs in
        [unet(inputs[0], timeFeatures: inputs[1], told)]
      }
      return { _ = step([sample, time]) }
    }
  }

  /// `controlnet/network/side/guided`: the step of `unet/network/side/guided` with a ControlNet in both halves.
  static func controlled(_ name: String, _ configuration: UNetConfiguration, side: Int) -> Benchmark
  {
    Benchmark(name: "controlnet/\(name)/\(side)/guided") { bench in
      let unet = try bench.network(UNet2DConditionModel.self, configuration)
      let network = try bench.network(
        ControlNetModel.self, ControlNetConfiguration(encoder: configuration))
      let sample = bench.samples([2, side / 8, side / 8, configuration.inChannels])
      let prompt = bench.samples([2, 77, configuration.crossAttentionDim[0]])
      let told = UNetConditions(
        unet.project(encoderHiddenStates: prompt),
        added: bench.added(configuration, samples: 2, side: side))
      let context = network.project(encoderHiddenStates: prompt)
      let hint = network.embed(bench.samples([1, side, side, 3])).repeated(samples: 2)
      let time = unet.timeFeatures([500, 500], on: bench.device)
      let step = Recording { inputs in
        var told = told
        told.residuals = network(
          inputs[0], timeFeatures: inputs[1], hint: hint, context: context, added: told.added)
        return [unet(inputs[0], timeFeatures: inputs[1], told)]
      }
      return { _ = step([sample, time]) }
    }
  }

  /// `vae/decode/side`: one image.
  static func decoder(side: Int) -> Benchmark {
    Benchmark(name: "vae/decode/\(side)") { bench in
      let autoencoder = try bench.network(AutoencoderKL.self, .sd)
      let latents = bench.samples([1, side / 8, side / 8, 4])
      return { _ = autoencoder.decode(latents) }
    }
  }
}
