import Checkpoints
import Foundation
import KnownModels
import NeuralLayers

/// What `inspect` prints about one part of a model.
struct ComponentDescription: Encodable {
  let name: String
  let className: String
  /// A clause on what it does, of a model that is not run.
  let purpose: String?
  /// A file's contents, as far as the names of its tensors tell.
  var contents: String?
  let parameters: Int
  let elementTypes: [String: Int]
  let missing: [String]
  let leftOver: [String]
  /// In a word or two.
  let state: String

  init(_ name: String, _ inspection: ModelInspection) {
    self.name = name
    className = inspection.className
    purpose = ModelFamily.purpose(of: className)
    parameters = inspection.parameters
    elementTypes = Self.byName(inspection.elementTypes)
    missing = inspection.report?.faults.map(\.description) ?? []
    leftOver = inspection.report?.unread ?? []
    state =
      switch inspection.report {
      case nil: "not run by spolvero yet"
      case let report? where !report.isComplete: "does not fit its configuration"
      case let report? where !report.unread.isEmpty:
        "complete, with \(report.unread.count) tensors left over"
      default: "complete"
      }
  }

  /// A component that nobody looks at.
  init(unused name: String, _ className: String) {
    self.init(
      name, className, ModelFamily.purpose(of: className), [:], state: "not looked at")
  }

  /// A file of weights without a configuration.
  init(file: URL) throws {
    let checkpoint = try Checkpoint(file)
    self.init(
      file.lastPathComponent, "safetensors file",
      nil, Self.byName(checkpoint.elementCounts), state: "not checked against a network")
    contents = WeightsFamily.contents(ofTensorsNamed: checkpoint.names)
  }

  private init(
    _ name: String, _ className: String, _ purpose: String?, _ elementTypes: [String: Int],
    state: String
  ) {
    self.name = name
    self.className = className
    self.purpose = purpose
    self.elementTypes = elementTypes
    self.state = state
    parameters = elementTypes.values.reduce(0, +)
    (missing, leftOver) = ([], [])
  }

  private static func byName(_ counts: [ElementType: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  /// One line for people.
  var line: String {
    let types = elementTypes.keys.sorted().joined(separator: ", ")
    let size =
      parameters == 0
      ? ""
      : parameters < 1_000_000
        ? "\(parameters) parameters"
        : "\((Double(parameters) / 1e5).rounded() / 10) M parameters"
    let clause = purpose.map { "which \($0)" } ?? contents.map { "which holds \($0)" } ?? ""
    let facts = [className, clause, size, types, state].filter { !$0.isEmpty }.joined(
      separator: ", ")
    return "  \(name): \(facts)"
  }
}
