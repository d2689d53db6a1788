import DiffusionModels
import DiffusionPipelines
import LanguageModels
import Tensors

extension Benchmark {
  /// What a user waits for: a model with random weights is written to a temporary place and read again.
  static let pictures = [picture, loading]

  private static let steps = 20
  private static let request = ImageRequest(prompt: "a field", width: 512, height: 512, seed: 0)

  /// `image/sd15/512/20`: both prompts, guided steps and the decoder.
  private static let picture = Benchmark(
    name: "image/sd15/512/\(steps)",
    work: .parts([
      (2, text("clip-l", .vitL)), (steps, unet("sd15", .sd15, side: 512)), (1, decoder(side: 512)),
    ])
  ) { bench in
    let pipeline = try bench.pipeline(.sd15)
    return { _ = try pipeline([request], SamplingSettings(steps: steps)) }
  }

  /// `load/sd15`: until the first step of an image, from files that the system has in memory.
  private static let loading = Benchmark(name: "load/sd15", work: .time, peers: []) { bench in
    {
      do {
        _ = try bench.pipeline(.sd15)([request]) { _ in throw FirstStep() }
      } catch is FirstStep {}
    }
  }

  /// Ends an image that has come far enough.
  private struct FirstStep: Error {}
}
