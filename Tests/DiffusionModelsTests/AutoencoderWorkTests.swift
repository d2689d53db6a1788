import Checkpoints
import DiffusionModels
import Tensors
import Testing

/// What an autoencoder asks of a device, counted on the full-size network of Stable Diffusion.
@Suite struct AutoencoderWorkTests {
  @Test func decodingTakesNoMemoryWhereAResultCanReplaceItsInput() throws {
    let work = try DeviceWork { device in
      let autoencoder = try AutoencoderKL(
        Parameters(SyntheticParameters(), device: device), .sd)
      let latents = Tensor(repeating: 0, [1, 64, 64, 4], on: device)
      return { _ = autoencoder.decode(latents) }
    }
    let resnets = 2 + 4 * 3
    let shortcuts = 2
    #expect(
      work.dispatches == [
        // Two ends, the latents' own, three doublings and the four matrices of the attention.
        "conv2D": 2 + 1 + 2 * resnets + shortcuts + 3 + 4,
        "groupNorm": 2 * resnets + 1 + 1,
        "attention": 1,
      ])
    // The second norm of every residual block, the first where a shortcut has read the input, the last.
    let replacing = resnets + shortcuts + 1
    #expect(work.allocations == work.dispatches.values.reduce(0, +) - replacing)
  }
}
