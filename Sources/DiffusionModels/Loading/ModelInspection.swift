public import Checkpoints
import DurableFiles
import Foundation
import TensorCore

/// What a component's folder holds, and how its weights compare with its configuration.
public struct ModelInspection: Sendable {
  /// The architecture that the configuration names.
  public let className: String
  /// Number of parameters in the weights.
  public let parameters: Int
  /// Number of parameters of each element type.
  public let elementTypes: [ElementType: Int]
  /// How the weights differ from what the configured network reads; nil for an architecture that this
  /// engine does not know.
  public let report: WeightsReport?
  /// What would keep the network from being used.
  public let problems: [CheckpointError]

  /// Inspects a folder with `config.json` and weights. Only the weights' header is read.
  ///
  /// - Throws: `CheckpointError` when a file cannot be read, or the configuration asks for something that
  ///   this engine does not do. A network that this engine does not know may come without weights.
  public init(_ folder: ModelFolder) throws {
    className = try Self.className(in: folder)
    let architecture = Self.architectures[className]
    elementTypes = try Self.countElements(in: folder, mayBeEmpty: architecture == nil)
    parameters = elementTypes.values.reduce(0, +)
    report = try architecture?.audit(folder)
    problems =
      report?.faults ?? [
        CheckpointError(
          .unsupported(
            option: "architecture", value: className, supported: Self.architectures.keys.sorted()),
          in: folder.url.path)
      ]
  }

  private static func className(in folder: ModelFolder) throws -> String {
    let file = "config.json"
    do {
      return try JSONDecoder.python.decode(ClassName.self, from: folder.file(file)).name
        ?? "unknown"
    } catch let error as DecodingError {
      throw CheckpointError(
        .configuration(summary(of: error)), in: folder.url.appendingPathComponent(file).path)
    }
  }

  private static func countElements(
    in folder: ModelFolder, mayBeEmpty: Bool
  ) throws -> [ElementType: Int] {
    do {
      return try folder.checkpoint().elementCounts
    } catch let error as CheckpointError {
      guard mayBeEmpty, case .noWeights = error.reason else { throw error }
      return [:]
    }
  }

  /// The networks that this engine knows, by the names that configurations give them.
  private static let architectures: [String: any PretrainedModel.Type] = [
    "UNet2DConditionModel": UNet2DConditionModel.self, "AutoencoderKL": AutoencoderKL.self,
    "CLIPTextModel": CLIPTextModel.self, "CLIPTextModelWithProjection": CLIPTextModel.self,
    "T2IAdapter": T2IAdapter.self, "LineArtGenerator": LineArtDetector.self,
  ]

  /// diffusers names a class, transformers a list of architectures.
  private struct ClassName: Decodable {
    let name: String?

    private enum CodingKeys: String, CodingKey {
      case diffusers = "_class_name"
      case transformers = "architectures"
    }

    init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      name =
        try file.decodeIfPresent(String.self, forKey: .diffusers)
        ?? file.decodeIfPresent([String].self, forKey: .transformers)?.first
    }
  }
}
