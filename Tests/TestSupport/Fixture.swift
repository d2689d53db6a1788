import CPUBackend
public import Checkpoints
public import Foundation
public import Tensors

/// A file of inputs and expected outputs that a script in `tools/fixtures` wrote with PyTorch.
///
///     let fixture = try Fixture("ops/group_norm", on: device)
///     let y = fixture["x"].groupNorm(groups: 4, epsilon: 1e-5)
///     expectClose(y, fixture["y"])
public struct Fixture: Sendable {
  /// Where the tensors live.
  public let device: Device
  private let checkpoint: Checkpoint

  /// Opens `Tests/Fixtures/<name>.safetensors`.
  ///
  /// - Parameters:
  ///   - name: Path below `Tests/Fixtures`, without extension.
  ///   - device: Where the tensors will live.
  /// - Throws: `CheckpointError` when the file is absent or malformed.
  public init(_ name: String, on device: Device = .sharedCPU) throws {
    checkpoint = try Checkpoint(Self.url(name + ".safetensors"))
    self.device = device
  }

  /// A file or folder below `Tests/Fixtures`.
  public static func url(_ path: String) -> URL { root.appending(path: path) }

  /// Tests that were carried to another machine are started in a copy of the repository.
  private static let root: URL = {
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures").standardizedFileURL
    return FileManager.default.fileExists(atPath: source.path)
      ? source : URL(filePath: "Tests/Fixtures")
  }()

  /// What the script noted about the file: its own name, versions, configurations.
  public var metadata: [String: String] { checkpoint.metadata }

  /// All names, sorted.
  public var names: [String] { checkpoint.names }

  /// A tensor as it is stored: in PyTorch's axis order and the file's element type.
  public subscript(name: String) -> Tensor {
    do {
      return try checkpoint.tensor(named: name, on: device)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The bytes of a tensor of any element type.
  public func bytes(_ name: String) throws -> [UInt8] {
    try SafetensorsFile(URL(filePath: checkpoint.location)).bytes(of: name)
  }

  /// The tensors whose names begin with a prefix, which is taken off.
  public func source(prefix: String = "") -> DictionaryParameters {
    let tensors = names.filter { $0.hasPrefix(prefix) }
      .map { (String($0.dropFirst(prefix.count)), self[$0]) }
    return DictionaryParameters(
      Dictionary(uniqueKeysWithValues: tensors), location: checkpoint.location)
  }

  /// A cursor over the tensors whose names begin with a prefix, which is taken off.
  ///
  /// - Parameters:
  ///   - prefix: Such as `model.`, with the dot.
  ///   - device: Where the parameters will live; the fixture's own device when absent.
  public func parameters(prefix: String = "", on device: Device? = nil) -> Parameters {
    Parameters(source(prefix: prefix), device: device ?? self.device)
  }
}
