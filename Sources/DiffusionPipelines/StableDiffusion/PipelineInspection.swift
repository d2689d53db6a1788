public import Checkpoints
import DurableFiles
public import Faults
import Foundation
import LanguageModels
public import NeuralLayers

/// What a pipeline's folder holds, and everything that would keep it from painting: the checks that
/// loading it makes, on configurations and on the headers of weights.
public struct PipelineInspection: Sendable {
  /// The class that the folder names.
  public let className: String
  /// The networks that could be inspected, by sub-folder.
  public let networks: [(name: String, inspection: ModelInspection)]
  /// The components that were not looked at, each with its class: those that are not needed for painting,
  /// and all of a pipeline of another kind.
  public let unused: [(name: String, className: String)]
  /// What is wrong, one error a part.
  public let problems: [any Fault]

  /// Inspects a folder with `model_index.json`.
  ///
  /// - Parameters:
  ///   - folder: The pipeline's folder.
  ///   - models: Those that can be compared, by the names that configurations give them.
  /// - Throws: `CheckpointError` when that file cannot be read.
  public init(_ folder: ModelFolder, among models: [String: any PretrainedModel.Type]) throws {
    let index = try folder.index()
    className = index.className
    let components = index.components.sorted { $0.key < $1.key }
      .map { (name: $0.key, className: $0.value) }
    do { _ = try StableDiffusionPipeline.index(of: folder) } catch {
      // What another kind of pipeline needs is not known.
      (networks, unused, problems) = ([], components, [fault(of: error)])
      return
    }
    unused = components.filter { !index.paintingComponents.contains($0.name) }
    var networks: [(name: String, inspection: ModelInspection)] = []
    var problems: [any Fault] = []
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { problems.append(fault(of: error)) }
    }
    for name in index.networks {
      attempt {
        networks.append((name, try ModelInspection(folder.component(name), among: models)))
      }
    }
    attempt { _ = try StableDiffusionConfiguration.scheduler(in: folder, nil) }
    for suffix in index.encoderSuffixes {
      attempt { _ = try CLIPTokenizer(folder: folder.component("tokenizer" + suffix).url) }
    }
    // What is wrong with a part alone was just found; this finds parts that do not fit each other.
    if problems.isEmpty {
      attempt { _ = try StableDiffusionConfiguration(folder, scheduler: nil) }
    }
    self.networks = networks
    self.problems = problems + networks.flatMap(\.inspection.problems)
  }
}
