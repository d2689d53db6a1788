import Checkpoints
import Faults
import Foundation
import KnownModels
import LanguageModels
import NeuralLayers
import NoiseSchedulers
import Tensors

/// What is done with an input: every reader of a model's JSON files gets it, and a network that it
/// configures is built without memory. Errors are fine; whatever ends the process is a find.
struct ConfigurationTarget {
  private let tokenizer: URL

  /// Prepares a folder for the files of a tokenizer.
  init(scratch: URL) throws {
    tokenizer = scratch
    for (name, contents) in CLIPTokenizer.byteTokenizerFiles(padding: "<|endoftext|>") {
      try contents().write(to: scratch.appendingPathComponent(name))
    }
  }

  /// Tries an input.
  func callAsFunction(_ json: Data) {
    for model in ModelCatalogue.models.values { build(model, json) }
    expectRefusals {
      let configuration = try SchedulerConfiguration(json: json, location: "scheduler_config.json")
      for kind in SchedulerKind.allCases {
        expectRefusals {
          let scheduler = try Scheduler(configuration: configuration, kind: kind)
          for steps in [1, 2, 30] {
            // Not every schedule has so many steps, or steps with fresh noise.
            expectRefusals(orOf: .request) { _ = try scheduler.plan(steps: steps, eta: 0.5) }
          }
        }
      }
    }
    expectRefusals {
      try json.write(to: tokenizer.appendingPathComponent("tokenizer_config.json"))
      _ = try CLIPTokenizer(folder: tokenizer)("a photo of a dog <|endoftext|>")
    }
  }

  /// Reads a configuration, writes it and reads it again, and builds its network of absent weights.
  private func build<Model: PretrainedModel>(_ type: Model.Type, _ json: Data) {
    expectRefusals {
      let configuration = try Model.Configuration(json: json, location: "config.json")
      _ = try Model.Configuration(json: configuration.json(), location: "what was written")
      let weights = WeightsAudit(DictionaryParameters([:]))
      _ = try Model(Parameters(weights, device: .meta), configuration)
    }
  }

  /// Lets through the errors that files may give, and those of a further kind.
  private func expectRefusals(orOf kind: FaultKind = .badData, _ body: () throws -> Void) {
    let kinds: [FaultKind] = [.badData, .noInput, kind]
    do { try body() } catch let fault as any Fault where kinds.contains(fault.kind) {
    } catch {
      fatalError("an error that is none of a model's files: \(error)")
    }
  }
}
