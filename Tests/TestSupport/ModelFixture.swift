import Checkpoints
import Foundation
public import NeuralLayers
public import Tensors
import Testing

/// A tiny network of diffusers or transformers, with inputs and expected outputs.
public struct ModelFixture<Model: PretrainedModel> {
  /// The file.
  public let fixture: Fixture
  /// The network.
  public let model: Model

  /// Opens `Tests/Fixtures/models/<name>.safetensors` and builds the network that it configures, which
  /// must read every tensor.
  public init(
    _ name: String, on device: Device = .sharedCPU, precision: ProductPrecision = .float32
  ) throws {
    fixture = try Fixture("models/" + name, on: device)
    let source = try Self.weights(of: fixture)
    model = try Model(
      Parameters(source, device: fixture.device, precision: precision),
      Model.Configuration(
        json: Data((fixture.metadata["config"] ?? "").utf8), location: source.location))
    #expect(source.leftOver(ignoring: Model.ignoredTensors).isEmpty)
  }

  /// The network's tensors; those of a part that another file has, which the metadata call `base` and `part`, come from
  /// there.
  static func weights(of fixture: Fixture) throws -> DictionaryParameters {
    guard let base = fixture.metadata["base"], let part = fixture.metadata["part"] else {
      return fixture.source(prefix: "model.")
    }
    let other = try Fixture("models/" + base, on: fixture.device)
    let names = Set(fixture.names + other.names.filter { $0.hasPrefix("model." + part) })
      .filter { $0.hasPrefix("model.") }
    let own = Set(fixture.names)
    let tensors = names.map {
      (String($0.dropFirst("model.".count)), own.contains($0) ? fixture[$0] : other[$0])
    }
    return DictionaryParameters(
      Dictionary(uniqueKeysWithValues: tensors), location: "models/\(base) and beside it")
  }

  /// A tensor in the file's own order.
  public subscript(name: String) -> Tensor { fixture[name] }

  /// A feature map of the file, channels last, in `float32`.
  public func map(_ name: String) -> Tensor { fixture[name].cast(to: .float32).channelsLast() }

  /// The tensors called `name.0`, `name.1`, …, channels last.
  public func maps(_ name: String) -> [Tensor] {
    (0...).lazy.map { "\(name).\($0)" }.prefix { fixture.names.contains($0) }.map { map($0) }
  }
}
