import Foundation

extension ModelFolder {
  /// File stems of weights: those of diffusers' models, then those of transformers'.
  private static let stems = ["diffusion_pytorch_model", "model"]

  /// Names that weights may have, best first.
  ///
  /// Full precision comes before `fp16`, which is taken when there is nothing else. Indexes of `fp16`
  /// shards have had several spellings in diffusers.
  private static let candidates =
    stems.flatMap { ["\($0).safetensors", "\($0).safetensors.index.json"] }
    + stems.flatMap {
      [
        "\($0).fp16.safetensors", "\($0).safetensors.index.fp16.json",
        "\($0).fp16.safetensors.index.json", "\($0).safetensors.fp16.index.json",
      ]
    }

  /// Formats that hold weights but are not read here.
  private static let foreign = ["bin", "pt", "pth", "ckpt", "msgpack", "h5", "onnx", "safetensors"]

  /// The file that holds this component's weights, or the index of its shards.
  ///
  /// - Throws: ``CheckpointError`` when there is none.
  func weights() throws -> URL {
    if let name = Self.candidates.first(where: has) { return url.appendingPathComponent(name) }
    throw noWeights(expected: Self.stems.map { $0 + ".safetensors" })
  }

  /// The error about a folder without weights; it names what lies there in other formats.
  package func noWeights(expected: [String]) -> CheckpointError {
    let contents = try? FileManager.default.contentsOfDirectory(atPath: url.path)
    let others = (contents ?? []).filter { name in
      Self.foreign.contains { name.hasSuffix("." + $0) }
    }
    return CheckpointError(
      .noWeights(expected: expected, found: others.sorted()), in: url.path)
  }
}
