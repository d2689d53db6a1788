public import Checkpoints
import DurableFiles
import Foundation

/// What a component's folder holds, and how its weights compare with its configuration.
public struct ModelInspection: Sendable {
  /// What the configuration says that it configures, or `unknown`.
  public let className: String
  /// Number of parameters in the weights.
  public let parameters: Int
  /// Number of parameters of each element type.
  public let elementTypes: [ElementType: Int]
  /// How the weights differ from what the configured network reads; nil for a model that is none of those
  /// asked for.
  public let report: WeightsReport?
  /// What would keep the network from being used.
  public let problems: [CheckpointError]

  /// Inspects a folder with `config.json` and weights. Only the weights' header is read.
  ///
  /// - Parameters:
  ///   - folder: The component's own folder.
  ///   - models: Those that can be compared, by the names that configurations give them.
  /// - Throws: `CheckpointError` when a file cannot be read, or the configuration asks for something that
  ///   this engine does not do. A model that is none of `models` may come without weights.
  public init(_ folder: ModelFolder, among models: [String: any PretrainedModel.Type]) throws {
    className = try folder.className() ?? "unknown"
    let model = models[className]
    elementTypes = try Self.countElements(in: folder, mayBeEmpty: model == nil)
    parameters = elementTypes.values.reduce(0, +)
    report = try model?.audit(folder)
    problems =
      report?.faults ?? [
        CheckpointError(
          .unsupported(option: "architecture", value: className, supported: models.keys.sorted()),
          in: folder.url.path)
      ]
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
}
