import DiffusionPipelines
import Foundation
import ImageFiles
import NoiseSchedulers
import Tensors
import TestSupport
import Testing

/// One edit by diffusers on a tiny random model, as `tools/fixtures/editing.py` recorded it.
struct EditingCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Blended: Decodable {
    let start: Double
    let widerMasks: Int
  }

  let name, architecture, scheduler: String
  let prompts: [String]
  let negativePrompt: String?
  let seeds: [UInt64]
  let width, height: Int
  let guidanceScale: Float
  let numInferenceSteps: Int
  let eta: Float?
  let strength: Double?
  let encodeRatio: Double?
  let blended: Blended?
  let adapterConditioningScale: Float?
  let unet: String?

  /// A masked part painted by itself.
  struct Crop: Decodable {
    let prompt: String
    let seed: UInt64
    let padding: Int
    let blur: Double
    let width, height, steps: Int
  }

  private struct File: Decodable {
    let crop: Crop
    let cases: [EditingCase]
  }

  private static let file: File = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let url = Fixture.url("editing/cases.json")
    guard let data = try? Data(contentsOf: url),
      let file = try? decoder.decode(File.self, from: data)
    else { fatalError("\(url.path) cannot be read") }
    return file
  }()

  static var all: [EditingCase] { file.cases }
  static var crop: Crop { file.crop }

  /// The cases and the devices that run them.
  static let onBackends = Device.backends(for: all, traits: \.traits)

  /// What a device meets in some cases alone: networks beside one another, and kinds of steps.
  private var traits: [String: Bool] {
    [
      scheduler: true,
      "\(architecture) \(unet ?? "")": true,
      "an adapter": adapterConditioningScale != nil,
      "noise in steps": eta != nil,
      "blending": blended != nil,
      "wider masks": blended.map { $0.widerMasks > 0 } ?? false,
      "an encoded part": encodeRatio != nil,
      "several images": seeds.count > 1,
    ]
  }

  var testDescription: String { "\(architecture)/\(name)" }

  /// The pipeline that the case ran, where need be with the UNet of inpainting in its place.
  func pipeline(on device: Device, in folder: TemporaryFolder) throws -> StableDiffusionPipeline {
    let parts = Fixture.url("pipelines/\(architecture)")
    var model = parts.appendingPathComponent("model")
    if unet != nil {
      model = try Self.model(architecture, in: folder)
    }
    return try StableDiffusionPipeline(
      folder: model,
      controls: adapterConditioningScale.map { _ in [parts.appendingPathComponent("adapter")] }
        ?? [],
      scheduler: SchedulerKind(rawValue: scheduler), device: device)
  }

  /// A model of inpainting: another one, with further channels for its UNet.
  static func model(_ architecture: String, in folder: TemporaryFolder) throws -> URL {
    let model = folder.url.appendingPathComponent("inpainting-\(architecture)")
    if FileManager.default.fileExists(atPath: model.path) { return model }
    try FileManager.default.copyItem(
      at: Fixture.url("pipelines/\(architecture)/model"), to: model)
    let kernels = try Fixture("editing/expected")["\(architecture).conv_in.weight"]
    try widenUNet(of: model) { _ in kernels }
    return model
  }

  var settings: SamplingSettings {
    SamplingSettings(
      steps: numInferenceSteps, guidanceScale: guidanceScale,
      start: encodeRatio.map { .encodedImage(ratio: $0) }
        ?? strength.map { .image(strength: $0) } ?? .noise,
      blended: blended.map { BlendedLatentDiffusion(start: $0.start, widerMasks: $0.widerMasks) },
      controls: adapterConditioningScale.map { [ControlSettings(scale: $0)] } ?? [], eta: eta ?? 0)
  }

  /// One request for each seed.
  func requests() throws -> [ImageRequest] {
    let folder = Fixture.url("pipelines/\(architecture)")
    let image = try Image(contentsOf: folder.appendingPathComponent("start.png"))
    let mask = encodeRatio == nil ? try Self.mask : nil
    let guides = try adapterConditioningScale.map { _ in
      [try Image(contentsOf: folder.appendingPathComponent("guide.png"))]
    }
    return zip(prompts, seeds).map { prompt, seed in
      ImageRequest(
        prompt: prompt, negativePrompt: negativePrompt, width: width, height: height, seed: seed,
        image: image, mask: mask, controlImages: guides ?? [])
    }
  }

  static var mask: Image {
    get throws { try Image(contentsOf: Fixture.url("editing/mask.png")) }
  }
}
