public import Tensors

/// Tensors that are in memory already, under the names of a checkpoint.
public struct DictionaryParameters: ParameterSource {
  /// What messages call this source.
  public let location: String
  /// All names, sorted.
  public let names: [String]

  private let tensors: [String: Tensor]
  private let record = ReadRecord()

  /// Names tensors.
  ///
  /// - Parameters:
  ///   - tensors: Tensors by their full names.
  ///   - location: What messages call this source.
  public init(_ tensors: [String: Tensor], location: String = "parameters in memory") {
    self.tensors = tensors
    self.location = location
    names = tensors.keys.sorted()
  }

  /// Names that nobody has read yet, sorted.
  public var unread: [String] { record.unread(of: names) }

  /// The extents of a tensor; nil when there is no such tensor.
  public func shape(of name: String) -> Shape? { tensors[name]?.shape }

  /// How a tensor is stored; nil when there is no such tensor.
  public func elementType(of name: String) -> ElementType? {
    tensors[name].map { ElementType($0.dtype) }
  }

  /// Returns the tensor itself; one that lives on another device is copied.
  public func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor {
    _ = try check(name, shape)
    guard let tensor = tensors[name] else { throw missing(name, shape) }
    record.insert(name)
    return tensor.device == device ? tensor : tensor.copied(to: device)
  }
}
