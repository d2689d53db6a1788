/// Models that are named, but not run, and what they are.
public struct ModelFamily: Sendable {
  /// What they do, as in "a ControlNetUnionModel, which …".
  let purpose: String
  /// What `model_index.json` and `config.json` call them; `*` stands for anything, once in a name.
  let names: [String]

  init(_ purpose: String, _ names: String...) { (self.purpose, self.names) = (purpose, names) }

  /// What a model does that this engine does not run.
  ///
  /// - Parameter className: Its class, architecture or kind.
  /// - Returns: A clause such as `steers a UNet along a control image`; nil for an unknown model, and for one
  ///   of ``ModelCatalogue``.
  public static func purpose(of className: String) -> String? {
    guard ModelCatalogue.models[className] == nil else { return nil }
    return all.first { family in family.names.contains { covers($0, className) } }?.purpose
  }

  private static func covers(_ pattern: String, _ name: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return pattern == name }
    return name.count >= pattern.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }
}
