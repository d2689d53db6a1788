public import Checkpoints
public import DiffusionModels
import DurableFiles
public import Faults
import Foundation

/// What a pipeline's folder holds, and everything that would keep it from painting: the checks that
/// loading it makes, on configurations and on the headers of weights.
public struct PipelineInspection: Sendable {
  /// The class that the folder names.
  public let className: String
  /// The networks that could be inspected, by sub-folder.
  public let networks: [(name: String, inspection: ModelInspection)]
  /// The components that are not needed for painting, each with its class.
  public let unused: [(name: String, className: String)]
  /// What is wrong, one error a part.
  public let problems: [any Fault]

  /// Inspects a folder with `model_index.json`.
  ///
  /// - Throws: `CheckpointError` when that file cannot be read.
  public init(_ folder: ModelFolder) throws {
    let index = try folder.index()
    className = index.className
    unused = index.components.sorted { $0.key < $1.key }
      .filter { !index.paintingComponents.contains($0.key) }
      .map { (name: $0.key, className: $0.value) }
    var networks: [(name: String, inspection: ModelInspection)] = []
    var problems: [any Fault] = []
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { problems.append(fault(of: error)) }
    }
    attempt { _ = try StableDiffusionPipeline.index(of: folder) }
    for name in index.networks {
      attempt { networks.append((name, try ModelInspection(folder.component(name)))) }
    }
    attempt { _ = try StableDiffusionConfiguration.scheduler(in: folder, nil) }
    for suffix in index.encoderSuffixes {
      attempt { _ = try CLIPTokenizer(folder: folder.component("tokenizer" + suffix).url) }
    }
    // What is wrong with a part alone was just found; this finds parts that do not fit each other.
    if problems.isEmpty {
      attempt { _ = try StableDiffusionConfiguration(folder, adapter: nil, scheduler: nil) }
    }
    self.networks = networks
    self.problems = problems + networks.flatMap(\.inspection.problems)
  }
}
