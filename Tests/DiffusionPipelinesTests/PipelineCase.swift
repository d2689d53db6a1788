import Checkpoints
import DiffusionModels
import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// One run of diffusers on a tiny random model, as `tools/fixtures/pipelines.py` recorded it, or `controls.py`.
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
  let adapterConditioningFactor: Double?
  let controlnets: [String]?
  let controlnetConditioningScale: [Float]?
  let controlGuidanceStart: [Double]?
  let controlGuidanceEnd: [Double]?
  let guessMode: Bool?
  let strength: Double?
  let ipAdapter: String?
  let ipAdapterScale: Float?
  let imagePrompts: [Int]?
  let gligenPhrases: [String]?
  let gligenBoxes: [[Float]]?
  let gligenScheduledSamplingBeta: Double?
  let guidanceInterval: [Double]?
  let deepFeatureInterval: Int?
  let originalSize: [Int]?
  let cropsCoordsTopLeft: [Int]?
  let targetSize: [Int]?
  let negativeOriginalSize: [Int]?
  let negativeCropsCoordsTopLeft: [Int]?
  let negativeTargetSize: [Int]?
  var architecture = ""
  /// The file of expected tensors.
  var expectations = ""

  private enum CodingKeys: String, CodingKey {
    case name, scheduler, prompts, negativePrompt, seeds, width, height, guidanceScale
    case numInferenceSteps, eta, adapterConditioningScale, adapterConditioningFactor, strength
    case controlnets, controlnetConditioningScale, controlGuidanceStart, controlGuidanceEnd
    case guessMode, ipAdapter, ipAdapterScale, imagePrompts, gligenPhrases, gligenBoxes
    case gligenScheduledSamplingBeta, guidanceInterval, deepFeatureInterval
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
  static let all = [
    ("sd15", "cases"), ("gligen", "cases"), ("sd2", "cases"), ("sdxl", "cases"),
    ("sd15", "controls"),
    ("sdxl", "controls"),
  ].flatMap(read)

  /// Those in which some steps take less work, of which the latents alone are known.
  static let ofLessWork = ["sd15", "gligen", "sdxl"].flatMap { read($0, "less_work") }

  private static func read(_ architecture: String, _ name: String) -> [PipelineCase] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let url = Fixture.url("pipelines/\(architecture)/\(name).json")
    guard let data = try? Data(contentsOf: url),
      let file = try? decoder.decode(File.self, from: data)
    else { fatalError("\(url.path) cannot be read") }
    return file.cases.map {
      var found = $0
      found.architecture = architecture
      found.expectations = name == "cases" ? "expected" : name
      return found
    }
  }

  var testDescription: String { "\(architecture)/\(name)" }

  var folder: URL { Fixture.url("pipelines/\(architecture)") }

  /// What diffusers made of it, with the other cases of its file.
  func expected() throws -> Fixture { try Fixture("pipelines/\(architecture)/\(expectations)") }

  /// The pipeline that the case ran.
  func pipeline(
    on device: Device, precision: ProductPrecision = .float32
  ) throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: folder.appendingPathComponent("model"),
      controls: controls.map { folder.appendingPathComponent($0.folder) },
      imagePrompts: ipAdapter.map {
        ImagePromptSource(
          adapter: folder.appendingPathComponent("ip-adapter_\($0).safetensors"),
          encoder: folder.appendingPathComponent("image_encoder"))
      },
      scheduler: SchedulerKind(rawValue: scheduler), device: device, precision: precision)
  }

  var settings: SamplingSettings {
    SamplingSettings(
      steps: numInferenceSteps, guidanceScale: guidanceScale,
      guidanceInterval: guidanceInterval.map { StepRange(start: $0[0], end: $0[1]) },
      deepFeatureInterval: deepFeatureInterval,
      start: strength.map { .image(strength: $0) } ?? .noise,
      controls: controls.map(\.settings),
      imagePrompt: ipAdapterScale.map { ControlSettings(scale: $0) },
      boxSteps: gligenScheduledSamplingBeta.map { StepRange(end: $0) }, eta: eta ?? 0)
  }

  /// One request for each seed.
  func requests() throws -> [ImageRequest] {
    let images = try controls.map {
      try Image(contentsOf: folder.appendingPathComponent($0.image))
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
        objects: objects,
        sizeConditioning: Self.conditioning(originalSize, cropsCoordsTopLeft, targetSize),
        negativeSizeConditioning: Self.conditioning(
          negativeOriginalSize, negativeCropsCoordsTopLeft, negativeTargetSize))
    }
  }

  private var objects: [BoxedObject] {
    zip(gligenPhrases ?? [], gligenBoxes ?? []).map { phrase, box in
      BoxedObject(phrase, in: BoundingBox(x0: box[0], y0: box[1], x1: box[2], y1: box[3]))
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
