import CPUBackend
import Checkpoints
import DiffusionModels
import DiffusionPipelines
import Foundation
import ImageFiles
import LanguageModels
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// Every key of every JSON file of a tiny model, with values that no program should write: each gives a
/// clear error or a right image, and none ends the process.
@Suite struct HostileConfigurationTests {
  /// JSON texts, as a file would have them.
  private static let values = [
    "null", "true", "0", "1", "-1", "0.5", "2147483648", "9223372036854775807",
    "-9223372036854775808", "1e308", "-1e308", "NaN", "Infinity", "-Infinity", #""""#,
    #""\u001b[31m""#, "[]", "[0]", "[-1, 9223372036854775807]", "[[[]]]", "{}",
    #"{"content": "a"}"#, "[" + [String](repeating: "1", count: 1000).joined(separator: ",") + "]",
  ]

  private static let files = [
    "adapter/config.json", "control/config.json", "model_index.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json", "tokenizer/tokenizer_config.json", "tokenizer/vocab.json",
    "unet/config.json", "vae/config.json",
  ]

  private let folder: TemporaryFolder
  private let device = Device(CPUBackend(threads: 1, memoryLimit: 1 << 30))

  init() throws {
    folder = try TemporaryFolder()
    try SyntheticModel(.tiny).write(to: folder.url)
  }

  @Test(arguments: files) func givesAnErrorOrAnImage(file: String) throws {
    let url = folder.appending(file)
    let original = try JSONDecoder().decode([String: JSONValue].self, from: Data(contentsOf: url))
    let keys = Set(original.keys.sorted().prefix(40)).union(Self.furtherKeys(of: file))
    for key in keys.sorted() {
      // The file without the key, to be continued with it.
      let others = try JSONEncoder().encode(original.filter { $0.key != key }).dropLast()
      for value in Self.values {
        let member = try String(decoding: JSONEncoder().encode(key), as: UTF8.self) + ":\(value)}"
        try (others + Data(",\(member)".utf8)).write(to: url)
        paint("\(file): \(member.prefix(80))")
      }
    }
  }

  /// Options that published models have and the tiny one leaves out.
  private static func furtherKeys(of file: String) -> [String] {
    guard file.hasPrefix("scheduler") else { return [] }
    return [
      "trained_betas", "rescale_betas_zero_snr", "clip_sample_range", "use_karras_sigmas",
      "sigma_min", "sigma_max", "final_sigmas_type", "solver_order", "lambda_min_clipped",
    ]
  }

  private func paint(_ what: String) {
    do {
      let pipeline = try StableDiffusionPipeline(
        folder: folder.url, controls: [folder.appending("adapter"), folder.appending("control")],
        device: device)
      let guide = Image(width: 64, height: 64, channels: 3, fill: 90)
      let request = ImageRequest(prompt: "a", width: 64, height: 64, controlImages: [guide, guide])
      let image = try pipeline([request], SamplingSettings(steps: 2)).images[0]
      #expect(image.width == 64 && image.height == 64 && image.channels == 3, "\(what)")
    } catch {
      let isOurs =
        error is CheckpointError || error is PipelineError || error is SchedulerError
        || error is TokenizerError
      #expect(isOurs, "\(what): \(error)")
    }
  }
}
