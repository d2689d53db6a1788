public import Foundation
import Tensors

/// One safetensors file, open and checked.
public struct SafetensorsFile: Sendable {
  /// The file's path.
  public let location: String
  /// What the file says about its tensors.
  public let header: SafetensorsHeader

  private let file: WeightsFile
  private let entries: [String: SafetensorsHeader.Entry]

  /// Opens a file and checks its header; tensors are not touched.
  ///
  /// - Throws: ``CheckpointError`` when the file cannot be read or breaks a rule of the format.
  public init(_ url: URL) throws {
    location = url.path
    file = try WeightsFile(url)
    header = try SafetensorsHeader(file, in: location)
    entries = Dictionary(uniqueKeysWithValues: header.entries.map { ($0.name, $0) })
  }

  /// The tensor of a name; nil when there is none.
  public subscript(name: String) -> SafetensorsHeader.Entry? { entries[name] }

  /// A tensor's bytes as they are stored, of any element type.
  ///
  /// - Throws: ``CheckpointError`` when there is no such tensor, or the file cannot be read any more.
  public func bytes(of name: String) throws -> [UInt8] {
    guard let entry = entries[name] else {
      let nearest = nearestName(to: name, among: Array(entries.keys))
      throw CheckpointError(.missing(tensor: name, shape: nil, nearest: nearest), in: location)
    }
    return try file.bytes(in: entry.bytes)
  }

  /// Copies a tensor's elements to a device as they are, a piece at a time: a model in single precision
  /// would otherwise be in memory twice.
  ///
  /// - Parameters:
  ///   - entry: A tensor of this file.
  ///   - dtype: The type of its elements.
  ///   - device: Where the tensor will live.
  /// - Throws: ``CheckpointError`` when the file cannot be read any more.
  func read(_ entry: SafetensorsHeader.Entry, as dtype: DType, on device: Device) throws -> Tensor {
    try Tensor(entry.shape, dtype, on: device) { position, piece in
      try file.read(at: entry.bytes.lowerBound + position, into: &piece)
    }
  }
}
