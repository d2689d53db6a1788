import ArgumentParser
import Checkpoints
import DiffusionPipelines
import Faults
import Foundation
import KnownModels
import NeuralLayers

/// Says what a model folder holds.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a model is, and what would keep it from being used.",
    discussion: """
      Configurations, tokenizers and the headers of weights are checked as 'generate' checks them; the \
      weights themselves are not read.
      """)

  @Argument(
    help: "Folder of a pipeline or of one component, or a safetensors file.", completion: .file())
  var model: String

  @Flag(help: "Print one JSON object.")
  var json = false

  mutating func run() throws {
    let description = try ModelDescription(URL(fileURLWithPath: model))
    if json {
      try Console.result(json: description)
    } else {
      try Console.result(description.lines)
    }
    if let kind = description.kindOfFault {
      throw CommandError(kind, "\(model): the model cannot be used as it is; see above")
    }
  }
}

/// What `inspect` prints.
private struct ModelDescription: Encodable {
  let model: String
  let kind: String
  /// A clause on what a model does that is not run.
  let purpose: String?
  let components: [ComponentDescription]
  /// What would keep the model from being used, a paragraph each.
  let problems: [String]
  /// What is passed over when the model is loaded, a sentence each.
  let notices: [String]
  /// What sort of failure the problems are together; nil when all is well.
  let kindOfFault: FaultKind?

  private enum CodingKeys: CodingKey { case model, kind, purpose, components, problems, notices }

  init(_ url: URL) throws {
    var isFolder: ObjCBool = false
    _ = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    if !isFolder.boolValue, ["safetensors", "json"].contains(url.pathExtension) {
      self.init(url, "safetensors", [try ComponentDescription(file: url)], problems: [], Notices())
      return
    }
    let folder = try ModelFolder(url)
    if folder.has("model_index.json") {
      let pipeline = try PipelineInspection(folder, among: ModelCatalogue.models)
      self.init(
        url, pipeline.className,
        pipeline.networks.map { ComponentDescription($0.name, $0.inspection) }
          + pipeline.unused.map { ComponentDescription(unused: $0.name, $0.className) },
        problems: pipeline.problems, folder.notices)
    } else {
      let inspection = try ModelInspection(folder, among: ModelCatalogue.models)
      self.init(
        url, inspection.className,
        [ComponentDescription(folder.url.lastPathComponent, inspection)],
        problems: inspection.problems, folder.notices)
    }
  }

  private init(
    _ url: URL, _ kind: String, _ components: [ComponentDescription], problems: [any Fault],
    _ notices: Notices
  ) {
    model = url.path
    self.kind = kind
    purpose = ModelFamily.purpose(of: kind)
    self.components = components
    self.problems = problems.map { $0.description.naming($0.remedies) }
    self.notices = notices.all
    let kinds = Set(problems.map(\.kind))
    // What is missing altogether is the lesser fault: a download may still complete it.
    kindOfFault = kinds.isEmpty ? nil : kinds == [.noInput] ? .noInput : .badData
  }

  var lines: [String] {
    let shown = problems.prefix(WeightsReport.shown)
    let more = problems.count - shown.count
    let clause = purpose.map { ", which \($0); spolvero does not run it yet" } ?? ""
    return ["\(model): \(kind)\(clause)"] + components.map(\.line)
      + shown.map { "  problem: \($0)" } + (more > 0 ? ["  … and \(more) more problems"] : [])
      + notices.map { "  note: \($0)" }
  }
}
