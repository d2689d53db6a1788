import Checkpoints
import DiffusionModels
import TensorCore

extension Benchmark {
  /// Whole networks at full size, with synthetic weights. A guided step is a batch of two.
  static let models = [
    unet("sd15", .sd15, operations: 1.607e12), unet("sdxl", .sdxl, operations: 3.178e12),
    decoder,
  ]

  /// `unet/network/512/guided`: one step for a picture of 512×512 pixels.
  private static func unet(
    _ name: String, _ configuration: UNetConfiguration, operations: Double
  ) -> Benchmark {
    Benchmark(name: "unet/\(name)/512/guided", work: .operations(operations)) { device in
      let unet = synthetic(UNet2DConditionModel.self, configuration, on: device)
      let sample = Tensor.samples([2, 64, 64, 4], on: device)
      let context = Tensor.samples([2, 77, configuration.crossAttentionDim[0]], on: device)
      let size: [Float] = [512, 512, 0, 0, 512, 512]
      let conditions = configuration.additionEmbedType.map { _ in
        AddedConditions(
          textEmbeddings: .samples([2, 1280], on: device), timeIDs: [size, size])
      }
      return {
        _ = unet(
          sample, timestep: 500, encoderHiddenStates: context, addedConditions: conditions)
      }
    }
  }

  /// `vae/decode/512`: one picture of 512×512 pixels.
  private static let decoder = Benchmark(name: "vae/decode/512", work: .operations(2.515e12)) {
    device in
    let autoencoder = synthetic(AutoencoderKL.self, .sd, on: device)
    let latents = Tensor.samples([1, 64, 64, 4], on: device)
    return { _ = autoencoder.decode(latents) }
  }

  private static func synthetic<Model: PretrainedModel>(
    _ type: Model.Type, _ configuration: Model.Configuration, on device: Device
  ) -> Model {
    do {
      return try Model(Parameters(SyntheticParameters(), device: device), configuration)
    } catch {
      preconditionFailure("synthetic weights have every tensor: \(error)")
    }
  }
}
