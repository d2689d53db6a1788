/// A model that others publish on the Hugging Face Hub.
struct PublishedModel {
  /// What it is for.
  let purpose: String
  /// Its owner and name on the hub.
  let repository: String
  /// Patterns of the files that are needed: whole repositories hold the same weights many times over.
  let files: [String]
  /// The file among them that has to be converted, if the weights are no safetensors.
  var pickle: String?
  /// The size of those files in bytes, as the hub rounds it.
  let bytes: Int
  let licence: String
  /// What its folder below `models` is called.
  let folder: String

  /// What to type to get the folder, in this order.
  var commands: [String] {
    let place = pickle == nil ? "models/\(folder)" : "downloads/\(folder)"
    let patterns = files.map { "--include '\($0)'" }.joined(separator: " ")
    let fetching = "hf download \(repository) \(patterns) --local-dir \(place)"
    let converting = pickle.map { "python tools/convert.py \(place)/\($0) models/\(folder)" }
    return [fetching] + [converting].compactMap(\.self)
  }
}

extension PublishedModel: Encodable {
  private enum CodingKeys: CodingKey { case purpose, repository, files, bytes, licence, commands }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(purpose, forKey: .purpose)
    try container.encode(repository, forKey: .repository)
    try container.encode(files, forKey: .files)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(licence, forKey: .licence)
    try container.encode(commands, forKey: .commands)
  }
}
