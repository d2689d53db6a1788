public import Foundation
public import Tensors

/// A model's weights in one safetensors file or in several shards.
public struct Checkpoint: ParameterSource {
  /// The path of the file, or of the index.
  public let location: String
  /// All names, sorted.
  public let names: [String]

  private let files: [String: SafetensorsFile]
  private let record = ReadRecord()
  private let beforeReading: @Sendable () throws -> Void

  /// Opens one file.
  ///
  /// - Parameters:
  ///   - file: A `.safetensors` file, or the `.index.json` of a sharded checkpoint.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: ``CheckpointError`` when a file cannot be read or breaks a rule of its format.
  public init(_ file: URL, check: @escaping @Sendable () throws -> Void = {}) throws {
    location = file.path
    files = try file.pathExtension == "json" ? Self.shards(of: file) : Self.tensors(in: file)
    names = files.keys.sorted()
    beforeReading = check
  }

  private static func tensors(in file: URL) throws -> [String: SafetensorsFile] {
    let opened = try SafetensorsFile(file)
    return Dictionary(uniqueKeysWithValues: opened.header.entries.map { ($0.name, opened) })
  }

  private static func shards(of index: URL) throws -> [String: SafetensorsFile] {
    let shards = try SafetensorsIndex(index).shards
    let folder = index.deletingLastPathComponent()
    var opened: [String: SafetensorsFile] = [:]
    for shard in Set(shards.values).sorted() {
      opened[shard] = try SafetensorsFile(folder.appendingPathComponent(shard))
    }
    var files: [String: SafetensorsFile] = [:]
    for (name, shard) in shards {
      guard let file = opened[shard], file[name] != nil else {
        throw CheckpointError(
          .configuration("the index says that '\(name)' is in '\(shard)', which does not have it"),
          in: index.path)
      }
      files[name] = file
    }
    return files
  }

  /// Names that nobody has read yet, sorted.
  public var unread: [String] { record.unread(of: names) }

  /// The extents of a tensor, in PyTorch's axis order; nil when there is no such tensor.
  public func shape(of name: String) -> Shape? { files[name]?[name]?.shape }

  /// How the file stores a tensor's elements; nil when there is no such tensor.
  public func elementType(of name: String) -> ElementType? { files[name]?[name]?.elementType }

  /// Copies a tensor to a device as it is stored; see ``ParameterSource/tensor(named:_:on:)``.
  public func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor {
    let dtype = try check(name, shape)
    try beforeReading()
    guard let file = files[name], let entry = file[name] else { throw missing(name, shape) }
    record.insert(name)
    return try file.read(entry, as: dtype, on: device)
  }

  /// How many elements are stored in each type.
  public var elementCounts: [ElementType: Int] {
    files.reduce(into: [:]) { counts, item in
      guard let entry = item.value[item.key] else { return }
      counts[entry.elementType, default: 0] += entry.shape.count
    }
  }

  /// Paths of the files that hold the weights, sorted.
  public var paths: [String] { Set(files.values.map(\.location)).sorted() }

  /// What the writers of the files left as free text.
  public var metadata: [String: String] {
    files.values.reduce(into: [:]) { $0.merge($1.header.metadata) { first, _ in first } }
  }
}
