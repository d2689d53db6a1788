public import Foundation
public import NeuralLayers
public import Testing

/// What `Tests/Fixtures/models/geometry.json` says about a published network at full size.
public struct ModelGeometry: Decodable, Sendable {
  /// Number of tensors.
  public let tensors: Int
  /// Number of parameters.
  public let parameters: Int
  /// FNV-1a over the lines `name [shape]`, sorted by name.
  public let digest: String

  /// The networks' names, such as `unet.sd15`, sorted.
  public static let networks = all.keys.sorted()

  private static let json = (try? Data(contentsOf: Fixture.url("models/geometry.json"))) ?? Data()
  private static let all =
    (try? JSONDecoder().decode([String: ModelGeometry].self, from: json)) ?? [:]

  /// Looks up a network.
  public init(_ network: String) throws { self = try #require(Self.all[network]) }

  /// The published `config.json` of a network.
  public static func config(of network: String) throws -> Data {
    let networks = try #require(
      try JSONSerialization.jsonObject(with: json) as? [String: [String: Any]])
    return try JSONSerialization.data(
      withJSONObject: try #require(networks[network]?["config"]))
  }
}

/// Expects a preset to be the published configuration of a network, also after writing and reading it.
public func expectPublished<Configuration: ModelConfiguration & Equatable>(
  _ preset: Configuration, _ network: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let published = try Configuration(
    json: ModelGeometry.config(of: network), location: network)
  #expect(preset == published, sourceLocation: sourceLocation)
  #expect(
    try Configuration(json: preset.json(), location: network) == preset,
    sourceLocation: sourceLocation)
}
