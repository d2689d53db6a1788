package import Foundation
package import SegmentationDatasets

/// What makes two runs the same run: everything that the result depends on. It stands in the output's
/// `spolvero.json`, where a command that goes on with the run finds it. Paths are not part of it, so a
/// run may be moved.
package struct RunIdentity: Codable, Sendable, Equatable {
  /// The way in which a run is kept in its folder.
  package var format = 2
  package let settings: AugmentationSettings
  /// SHA-256 over the names and contents of photographs, masks and instance masks.
  package let dataset: String
  /// SHA-256 over the images to make: their names, classes, prompts.
  package let plan: String
  /// SHA-256 of the models' files by their place in the model.
  package let models: [String: String]
  /// What the generator says of itself.
  package var generator: GeneratorTraits
  /// The name of the dataset's layout.
  package let layout: String
  /// What the ids in the masks mean.
  package let classes: ClassList

  package init(
    of plan: AugmentationPlan, models: [String: String], generator: GeneratorTraits
  ) throws {
    settings = plan.settings
    dataset = plan.sourceDigest
    self.plan = try plan.digest()
    self.models = models
    self.generator = generator
    layout = plan.layout.name
    classes = plan.classes
  }

  /// What stands in a run's folder; nil for anything else.
  package init?(decoding data: Data) {
    guard let identity = try? JSONDecoder().decode(RunIdentity.self, from: data) else { return nil }
    self = identity
  }

  /// The same with another generator.
  func painted(by generator: GeneratorTraits) -> RunIdentity {
    var copy = self
    copy.generator = generator
    return copy
  }

  /// What tells this identity from another, such as `settings.seed is 1 there and 2 now`, or
  /// `models.model/unet/config.json is not what it was`.
  func differences(from now: RunIdentity) throws -> [String] {
    let (there, now) = (try values(), try now.values())
    return Set(there.keys).union(now.keys).sorted().filter { there[$0] != now[$0] }.map { key in
      // Two hashes say nothing to people.
      let isHash = key == "dataset" || key == "plan" || key.hasPrefix("models.")
      if isHash, there[key] != nil, now[key] != nil {
        return "\(key) is not what it was"
      }
      return "\(key) is \(there[key] ?? "not set") there and \(now[key] ?? "not set") now"
    }
  }

  /// The JSON's leaves as text, by their dotted paths.
  private func values() throws -> [String: String] {
    var values: [String: String] = [:]
    func visit(_ value: Any, _ path: String) {
      if let object = value as? [String: Any] {
        for (key, inner) in object { visit(inner, path.isEmpty ? key : "\(path).\(key)") }
      } else if let array = value as? [Any] {
        for (index, inner) in array.enumerated() { visit(inner, "\(path)[\(index)]") }
      } else {
        values[path] = value is String ? "'\(value)'" : "\(value)"
      }
    }
    visit(try JSONSerialization.jsonObject(with: JSONEncoder.stable.encode(self)), "")
    return values
  }
}

extension JSONEncoder {
  /// Writes equal values as equal bytes.
  package static var stable: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
