public import Tensors

/// Something that hands out named tensors, and remembers which ones were asked for.
public protocol ParameterSource: Sendable {
  /// The file or folder, for messages.
  var location: String { get }
  /// All names, sorted.
  var names: [String] { get }
  /// Names that nobody has read yet, sorted.
  var unread: [String] { get }

  /// The extents of a tensor, in the file's own axis order; nil when there is no such tensor.
  func shape(of name: String) -> Shape?
  /// How the file stores a tensor's elements; nil when there is no such tensor.
  func elementType(of name: String) -> ElementType?

  /// Copies a tensor to a device, in the file's own axis order and element type.
  ///
  /// - Parameters:
  ///   - name: The full name.
  ///   - shape: The shape that the tensor must have.
  ///   - device: Where the tensor will live.
  /// - Throws: ``CheckpointError`` when the tensor is absent, has another shape, or has elements
  ///   that no device can hold.
  func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor
}

extension ParameterSource {
  /// Whether there is a tensor of this name, or any below it.
  public func contains(_ path: String) -> Bool {
    shape(of: path) != nil || names.contains { $0.hasPrefix(path + ".") }
  }

  /// Copies a tensor of any shape to a device.
  ///
  /// - Throws: ``CheckpointError`` as ``tensor(named:_:on:)`` does.
  public func tensor(named name: String, on device: Device) throws -> Tensor {
    guard let shape = shape(of: name) else { throw missing(name) }
    return try tensor(named: name, shape, on: device)
  }

  /// Names that a model has not read, sorted.
  ///
  /// - Parameter ends: Ends of names that need not be read, such as `.position_ids`; one that ends with a dot is the
  ///   beginning of names.
  public func leftOver(ignoring ends: [String] = []) -> [String] {
    unread.filter { name in
      !ends.contains { $0.hasSuffix(".") ? name.hasPrefix($0) : name.hasSuffix($0) }
    }
  }

  /// Makes sure that a tensor exists and has a certain shape and a type that a device can hold.
  ///
  /// - Returns: The type in which a device holds the tensor.
  func check(_ name: String, _ expected: Shape) throws -> DType {
    guard let found = shape(of: name), let stored = elementType(of: name) else {
      throw missing(name, expected)
    }
    guard found == expected else {
      throw CheckpointError(.shape(tensor: name, found: found, expected: expected), in: location)
    }
    guard let dtype = stored.dtype else {
      throw CheckpointError(.type(tensor: name, found: stored), in: location)
    }
    return dtype
  }

  /// The error that says that a tensor is absent, and which name comes nearest.
  func missing(_ name: String, _ shape: Shape? = nil) -> CheckpointError {
    let nearest = nearestName(to: name, among: names)
    return CheckpointError(.missing(tensor: name, shape: shape, nearest: nearest), in: location)
  }
}
