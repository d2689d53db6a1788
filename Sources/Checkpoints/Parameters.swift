public import Tensors

/// A place inside a checkpoint, such as `down_blocks.0.resnets.1.conv1`.
///
/// Members and indices spell the checkpoint's own names: `p.down_blocks[0].resnets[1].conv1`. A name
/// that is no Swift identifier, or that is one of the methods below, is spelled `p["model0.1"]`.
@dynamicMemberLookup
public struct Parameters: Sendable {
  private let source: any ParameterSource
  private let device: Device
  private let precision: ProductPrecision
  private let path: String
  private var isQuantised = false

  /// The root of a checkpoint.
  ///
  /// - Parameters:
  ///   - source: Where tensors come from.
  ///   - device: Where tensors will live.
  ///   - precision: How products with the weights round their operands, whatever the file stores. Where
  ///     these are to be integers, only those of places that are ``quantised`` are.
  public init(_ source: any ParameterSource, device: Device, precision: ProductPrecision = .float32)
  {
    self.init(source, device, precision, path: "")
  }

  private init(
    _ source: any ParameterSource, _ device: Device, _ precision: ProductPrecision, path: String
  ) {
    self.source = source
    self.device = device
    self.precision = precision
    self.path = path
  }

  /// The place `path.name`.
  public subscript(dynamicMember name: String) -> Parameters { self[name] }

  /// The place `path.index`.
  public subscript(index: Int) -> Parameters { self[String(index)] }

  /// The place `path.name`, for names that are no Swift identifiers.
  public subscript(name: String) -> Parameters {
    var place = Parameters(source, device, precision, path: full(name))
    place.isQuantised = isQuantised
    return place
  }

  /// The same place, whose weights may become integers if that is the precision: those in the middle of
  /// a network, which make most of its work.
  public var quantised: Parameters { with(isQuantised: true) }

  /// The same place, whose weights stay numbers in any precision: those of first and last layers, and those
  /// whose results everything else reads.
  public var unquantised: Parameters { with(isQuantised: false) }

  private func with(isQuantised: Bool) -> Parameters {
    var place = self
    place.isQuantised = isQuantised
    return place
  }

  /// Reads the tensor at `path.name`.
  ///
  /// - Parameters:
  ///   - name: The last part of the tensor's name, such as `weight`.
  ///   - shape: The shape that it must have, in the file's own (PyTorch's) axis order.
  /// - Returns: The tensor in that order, in `float32` and on this checkpoint's device.
  /// - Throws: ``CheckpointError`` when the tensor is absent, has another shape or is not made of
  ///   floating-point numbers.
  public func tensor(_ name: String, _ shape: Shape) throws -> Tensor {
    let tensor = try source.tensor(named: full(name), shape, on: device)
    guard tensor.dtype != .int32 else {
      throw CheckpointError(.type(tensor: full(name), found: .int32), in: source.location)
    }
    return tensor.cast(to: .float32)
  }

  /// Reads the tensor at `path.name` if there is one.
  ///
  /// - Returns: nil when there is no such tensor.
  /// - Throws: ``CheckpointError`` when there is one, but ``tensor(_:_:)`` refuses it.
  public func optional(_ name: String, _ shape: Shape) throws -> Tensor? {
    source.shape(of: full(name)) == nil ? nil : try tensor(name, shape)
  }

  /// Packs a matrix `[outputs, inputs]` or a kernel `[outputs, inputs / groups, height, width]` for products
  /// in this checkpoint's precision.
  public func pack(_ weight: Tensor, groups: Int = 1) -> PackedWeight {
    let precision = isQuantised ? precision : device.backend.precision(beside: precision)
    return weight.shape.rank == 2
      ? PackedWeight(matrix: weight, precision: precision)
      : PackedWeight(kernel: weight, groups: groups, precision: precision)
  }

  /// Whether there is a tensor at `path.name`, or any below that place.
  public func contains(_ name: String) -> Bool { source.contains(full(name)) }

  /// The extents of the tensor at `path.name`, in the file's own axis order.
  ///
  /// - Throws: ``CheckpointError`` when there is no such tensor.
  public func shape(of name: String) throws -> Shape {
    guard let shape = source.shape(of: full(name)) else { throw source.missing(full(name)) }
    return shape
  }

  private func full(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
