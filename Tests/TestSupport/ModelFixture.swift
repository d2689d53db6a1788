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
    let source = fixture.source(prefix: "model.")
    model = try Model(
      Parameters(source, device: fixture.device, precision: precision),
      Model.Configuration(
        json: Data((fixture.metadata["config"] ?? "").utf8), location: source.location))
    #expect(source.leftOver(ignoring: Model.ignoredTensors).isEmpty)
  }

  /// A tensor in the file's own order.
  public subscript(name: String) -> Tensor { fixture[name] }

  /// A feature map of the file, channels last.
  public func map(_ name: String) -> Tensor { fixture[name].channelsLast() }

  /// The tensors called `name.0`, `name.1`, …, channels last.
  public func maps(_ name: String) -> [Tensor] {
    (0...).lazy.map { "\(name).\($0)" }.prefix { fixture.names.contains($0) }.map { map($0) }
  }
}
