import Checkpoints
public import Foundation

extension StableDiffusionPipeline {
  /// The files that a pipeline or one of its parts is read from: configurations, vocabularies, weights.
  ///
  /// A safetensors file is itself. Of a folder with `model_index.json`, those in the folders of the components that paint count; of any
  /// other, those in the folder itself.
  ///
  /// - Returns: The files by their paths below the folder.
  /// - Throws: `CheckpointError` when the folder is missing or has no weights.
  public static func files(ofModelIn url: URL) throws -> [String: URL] {
    if url.pathExtension == "safetensors" { return [url.lastPathComponent: url] }
    let folder = try ModelFolder(url)
    let paths =
      folder.has("model_index.json")
      // Single files of all weights that lie beside the components are not read by anyone.
      ? try ["model_index.json"]
        + folder.index().paintingComponents.filter(folder.has).flatMap { component in
          try names(in: folder.component(component).url).map { "\(component)/\($0)" }
        }
      : try names(in: folder.url)
    guard paths.contains(where: { $0.hasSuffix(".safetensors") }) else {
      throw folder.noWeights(expected: ["*.safetensors"])
    }
    let files = paths.map { ($0, folder.url.appendingPathComponent($0)) }
    return Dictionary(uniqueKeysWithValues: files)
  }

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { ["safetensors", "json", "txt"].contains(URL(fileURLWithPath: $0).pathExtension) }
  }
}
