/// What a pipeline's `model_index.json` says: its class, those of its components, and its options.
public struct PipelineIndex: Decodable, Sendable {
  /// The class that the pipeline was saved from, such as `StableDiffusionPipeline`.
  public let className: String
  /// Class names of the components that the pipeline has, by sub-folder.
  public let components: [String: String]
  /// SDXL: whether an empty negative prompt is replaced by zeros. diffusers' default is true.
  public let forceZerosForEmptyPrompt: Bool

  /// Decodes the file. A component that the pipeline leaves out is stored as `[null, null]`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    className = try container.decode(String.self, forKey: AnyKey("_class_name"))
    forceZerosForEmptyPrompt =
      try container.decodeIfPresent(Bool.self, forKey: AnyKey("force_zeros_for_empty_prompt"))
      ?? true
    var components: [String: String] = [:]
    for key in container.allKeys {
      // Options are no pairs of library and class.
      guard let pair = try? container.decode([String?].self, forKey: key), pair.count == 2 else {
        continue
      }
      components[key.stringValue] = pair[1]
    }
    self.components = components
  }
}
