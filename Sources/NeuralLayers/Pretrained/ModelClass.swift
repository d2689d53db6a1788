/// What a `config.json` says that it configures.
public struct ModelClass: Decodable, Sendable {
  /// diffusers' class or transformers' architecture, or the kind of model where the file names no more;
  /// nil where it names nothing.
  public let name: String?

  private enum CodingKeys: String, CodingKey {
    case diffusers = "_class_name"
    case transformers = "architectures"
    case kind = "model_type"
  }

  /// Decodes the names among the file's options.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    name =
      try file.decodeIfPresent(String.self, forKey: .diffusers)
      ?? file.decodeIfPresent([String].self, forKey: .transformers)?.first
      ?? file.decodeIfPresent(String.self, forKey: .kind)
  }
}
