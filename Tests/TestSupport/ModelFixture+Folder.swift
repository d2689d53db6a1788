import Checkpoints
public import Foundation
public import Tensors

extension ModelFixture {
  /// Writes the network into a folder as `save_pretrained` does, without one of its tensors, and zeros
  /// under further names.
  public func write(
    to folder: URL, leavingOut left: String? = nil, adding others: [String: Shape]
  ) throws {
    try Data((fixture.metadata["config"] ?? "").utf8)
      .write(to: folder.appending(path: "config.json"))
    var writer = SafetensorsWriter()
    let weights = try Self.weights(of: fixture)
    for name in weights.names where name != left {
      writer.add(name, try weights.tensor(named: name, on: fixture.device))
    }
    for (name, shape) in others {
      writer.add(name, .float32, shape) { Data(count: 4 * shape.count) }
    }
    try writer.write(to: folder.appending(path: "diffusion_pytorch_model.safetensors"))
  }
}
