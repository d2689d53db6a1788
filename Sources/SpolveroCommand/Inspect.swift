import ArgumentParser
import Checkpoints
import DiffusionModels
import Foundation
import TensorCore

/// Says what a model folder holds.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a model is, and what is missing from its weights or left over.")

  @Argument(help: "Folder of a pipeline or of one component, or a safetensors file.")
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
    if !description.isComplete {
      throw CommandError(.badData, "\(model): the weights do not fit the configuration; see above")
    }
  }
}

/// What `inspect` prints.
private struct ModelDescription: Encodable {
  let model: String
  let kind: String
  let components: [Component]

  struct Component: Encodable {
    let name: String
    let className: String
    let parameters: Int
    let elementTypes: [String: Int]
    let missing: [String]
    let leftOver: [String]
    let isKnown: Bool

    init(_ name: String, _ folder: ModelFolder) throws {
      let inspection = try ModelInspection(folder)
      self.name = name
      className = inspection.className
      parameters = inspection.parameters
      elementTypes = Self.byName(inspection.elementTypes)
      missing = inspection.report?.faults.map(\.description) ?? []
      leftOver = inspection.report?.unread ?? []
      isKnown = inspection.report != nil
    }

    init(file: URL) throws {
      name = file.lastPathComponent
      className = "safetensors file"
      elementTypes = Self.byName(try Checkpoint(file).elementCounts)
      parameters = elementTypes.values.reduce(0, +)
      (missing, leftOver, isKnown) = ([], [], false)
    }

    private static func byName(_ counts: [ElementType: Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }
  }

  init(_ url: URL) throws {
    model = url.path
    if !url.hasDirectoryPath, ["safetensors", "json"].contains(url.pathExtension) {
      kind = "safetensors"
      components = [try Component(file: url)]
      return
    }
    let folder = try ModelFolder(url)
    guard folder.has("model_index.json") else {
      components = [try Component(url.lastPathComponent, folder)]
      kind = components[0].className
      return
    }
    let index = try folder.index()
    kind = index.className
    components = try index.components.keys.sorted()
      .filter { folder.has("\($0)/config.json") }
      .map { try Component($0, folder.component($0)) }
  }

  var isComplete: Bool { components.allSatisfy { $0.missing.isEmpty && $0.leftOver.isEmpty } }

  var lines: [String] { ["\(model): \(kind)"] + components.flatMap(\.lines) }
}

extension ModelDescription.Component {
  fileprivate var lines: [String] {
    let types = elementTypes.keys.sorted().joined(separator: ", ")
    let size =
      parameters == 0
      ? "no weights"
      : parameters < 1_000_000
        ? "\(parameters) parameters"
        : "\((Double(parameters) / 1e5).rounded() / 10) M parameters"
    let state =
      !isKnown
      ? "not checked against a network"
      : missing.isEmpty && leftOver.isEmpty ? "complete" : "does not fit its configuration"
    let facts = [className, size, types, state].filter { !$0.isEmpty }.joined(separator: ", ")
    return ["  \(name): \(facts)"]
      + missing.map { "    \($0)" } + leftOver.map { "    left over: \($0)" }
  }
}
