import Foundation

/// The list that says which shard of a large checkpoint holds which tensor.
struct SafetensorsIndex: Decodable {
  /// File names of shards, by names of tensors.
  let shards: [String: String]

  private enum CodingKeys: String, CodingKey { case shards = "weight_map" }

  /// Reads an index.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read, is no index, or names a shard
  ///   outside its own folder.
  init(_ url: URL) throws {
    self = try decodeJSON(Self.self, at: url)
    for shard in Set(shards.values)
    where shard.isEmpty || shard.contains("/") || shard.contains("\\") || shard.contains("..") {
      throw CheckpointError(
        .configuration("the shard '\(shard)' is not the name of a file beside the index"),
        in: url.path)
    }
  }
}
