public import Foundation

/// The files that models are read from.
public enum ModelFiles {
  /// Hashes the files of models in folders.
  ///
  /// Of a folder with `model_index.json`, the configurations, vocabularies and weights in its component
  /// folders count; of any other, those in the folder itself.
  ///
  /// - Parameters:
  ///   - folders: The models' folders by what they are for, such as `adapter`.
  ///   - interruption: Looked at while reading: weights are large.
  /// - Returns: SHA-256 by `<what for>/<path in the folder>`.
  /// - Throws: ``AugmentationError`` when a folder is missing or has no weights.
  public static func hashes(
    of folders: [String: URL], interruption: Interruption
  ) throws -> [String: String] {
    var hashes: [String: String] = [:]
    for (role, folder) in folders.sorted(by: { $0.key < $1.key }) {
      let paths = try paths(in: folder)
      guard paths.contains(where: { $0.hasSuffix(".safetensors") }) else {
        throw AugmentationError(
          .noInput,
          "\(folder.path): there are no weights (*.safetensors) in this folder. Expected a model in "
            + "the layout of diffusers; tools/convert.py makes it from other files.")
      }
      for path in paths {
        hashes["\(role)/\(path)"] = try folder.appendingPathComponent(path).sha256 {
          try interruption.check()
        }
      }
    }
    return hashes
  }

  private static func paths(in folder: URL) throws -> [String] {
    let names = try names(in: folder)
    guard names.contains("model_index.json") else { return names.filter(isModelFile) }
    // Single files of all weights that lie beside the components are not read by anyone.
    return try ["model_index.json"]
      + components.filter(names.contains).flatMap { component in
        try self.names(in: folder.appendingPathComponent(component)).filter(isModelFile)
          .map { "\(component)/\($0)" }
      }
  }

  private static let components = [
    "scheduler", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2", "unet", "vae",
  ]

  private static func names(in folder: URL) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch {
      throw AugmentationError(
        .noInput, "\(folder.path): there is no such model folder. Check the path.")
    }
  }

  private static func isModelFile(_ name: String) -> Bool {
    ["safetensors", "json", "txt"].contains(URL(fileURLWithPath: name).pathExtension)
  }
}
