import Checkpoints
import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// One run of diffusers on a tiny random model, as `tools/fixtures/pipelines.py` recorded it.
struct PipelineCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let scheduler: String
  let prompts: [String]
  let negativePrompt: String?
  let seeds: [UInt64]
  let width: Int
  let height: Int
  let guidanceScale: Float
  let numInferenceSteps: Int
  let eta: Float?
  let adapterConditioningScale: Scales?
  let adapterConditioningFactor: Float?
  let strength: Double?
  let ipAdapter: String?
  let ipAdapterScale: Float?
  let imagePrompts: [Int]?
  let originalSize: [Int]?
  let cropsCoordsTopLeft: [Int]?
  let targetSize: [Int]?
  let negativeOriginalSize: [Int]?
  let negativeCropsCoordsTopLeft: [Int]?
  let negativeTargetSize: [Int]?
  var architecture = ""

  private enum CodingKeys: String, CodingKey {
    case name, scheduler, prompts, negativePrompt, seeds, width, height, guidanceScale
    case numInferenceSteps, eta, adapterConditioningScale, adapterConditioningFactor, strength
    case ipAdapter, ipAdapterScale, imagePrompts
    case originalSize, cropsCoordsTopLeft, targetSize, negativeOriginalSize
    case negativeCropsCoordsTopLeft, negativeTargetSize
  }

  /// One number, or for a `MultiAdapter` one for each adapter.
  struct Scales: Decodable {
    let values: [Float]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      values = try (try? [container.decode(Float.self)]) ?? container.decode([Float].self)
    }
  }

  private struct File: Decodable { let cases: [PipelineCase] }

  /// Every case of every architecture.
  static let all: [PipelineCase] = ["sd15", "sd2", "sdxl"].flatMap { architecture in
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let url = Fixture.url("pipelines/\(architecture)/cases.json")
    guard let data = try? Data(contentsOf: url),
      let file = try? decoder.decode(File.self, from: data)
    else { fatalError("\(url.path) cannot be read") }
    return file.cases.map {
      var found = $0
      found.architecture = architecture
      return found
    }
  }

  var testDescription: String { "\(architecture)/\(name)" }

  var folder: URL { Fixture.url("pipelines/\(architecture)") }

  /// The pipeline that the case ran.
  func pipeline(
    on device: Device, precision: ProductPrecision = .float32
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: folder.appendingPathComponent("model"),
      controls: adapterNumbers.map { folder.appendingPathComponent("adapter\($0)") },
      imagePrompts: ipAdapter.map {
        ImagePromptSource(
          adapter: folder.appendingPathComponent("ip-adapter_\($0).safetensors"),
          encoder: folder.appendingPathComponent("image_encoder"))
      },
      scheduler: SchedulerKind(rawValue: scheduler), device: device, precision: precision)
  }

  private var scales: [Float] { adapterConditioningScale?.values ?? [] }

  /// What tells the files of several adapters apart.
  private var adapterNumbers: [String] { scales.indices.map { $0 == 0 ? "" : "_\($0 + 1)" } }

  var settings: SamplingSettings {
    SamplingSettings(
      steps: numInferenceSteps, guidanceScale: guidanceScale,
      start: strength.map { .image(strength: $0) } ?? .noise,
      controls: scales.map {
        ControlSettings(scale: $0, steps: StepRange(end: adapterConditioningFactor ?? 1))
      },
      imagePrompt: ipAdapterScale.map { ControlSettings(scale: $0) }, eta: eta ?? 0)
  }

  /// One request for each seed.
  func requests() throws -> [ImageRequest] {
    let images = try adapterNumbers.map {
      try Image(contentsOf: folder.appendingPathComponent("guide\($0).png"))
    }
    let start = try strength.map { _ in
      try Image(contentsOf: folder.appendingPathComponent("start.png"))
    }
    let shown = try (imagePrompts ?? []).map {
      try Image(contentsOf: folder.appendingPathComponent("image_prompt_\($0).png"))
    }
    return zip(prompts, seeds).map { prompt, seed in
      ImageRequest(
        prompt: prompt, negativePrompt: negativePrompt, width: width, height: height, seed: seed,
        image: start, controlImages: images, imagePrompts: shown,
        sizeConditioning: Self.conditioning(originalSize, cropsCoordsTopLeft, targetSize),
        negativeSizeConditioning: Self.conditioning(
          negativeOriginalSize, negativeCropsCoordsTopLeft, negativeTargetSize))
    }
  }

  private static func conditioning(
    _ original: [Int]?, _ crop: [Int]?, _ target: [Int]?
  ) -> SizeConditioning? {
    guard let original, let crop, let target else { return nil }
    return SizeConditioning(
      height: target[0], width: target[1], original: (original[0], original[1]), cropTop: crop[0],
      cropLeft: crop[1])
  }
}
