import Checkpoints
import Faults
public import Foundation
public import Tensors

/// Latents on the host, channels first as other programs keep them: `[N, C, h, w]`.
public struct LatentArray: Sendable, Equatable {
  /// The extents, `[N, C, h, w]`.
  public let shape: Shape
  /// Row-major values.
  public let values: [Float]

  /// Takes values; they must fill the shape.
  public init(_ values: [Float], _ shape: Shape) {
    precondition(
      values.count == shape.count && shape.rank == 4,
      "LatentArray: \(values.count) values do not fill \(shape)")
    self.shape = shape
    self.values = values
  }

  /// Joins samples of one size along the first axis.
  public init(joining parts: [LatentArray]) {
    precondition(
      !parts.isEmpty
        && parts.allSatisfy { $0.shape.with(first: 1) == parts[0].shape.with(first: 1) },
      "LatentArray: \(parts.map(\.shape)) differ in more than their samples")
    self.init(
      parts.flatMap(\.values), parts[0].shape.with(first: parts.reduce(0) { $0 + $1.shape[0] }))
  }

  /// The samples one by one, each `[1, C, h, w]`.
  public var samples: [LatentArray] {
    let size = shape.count / max(shape[0], 1)
    return (0..<shape[0]).map {
      LatentArray(Array(values[$0 * size..<($0 + 1) * size]), shape.with(first: 1))
    }
  }

  /// Copies latents from a device. Waits for the device.
  ///
  /// - Parameter latents: Channels last as models keep them, `[N, h, w, C]`.
  public init(_ latents: Tensor) {
    precondition(latents.shape.rank == 4, "LatentArray: \(latents.shape) is not [N, h, w, C]")
    let first = latents.channelsFirst()
    self.init(first.floats(), first.shape)
  }

  /// The latents on a device, channels last as models want them: `[N, h, w, C]`.
  public func tensor(on device: Device) -> Tensor {
    Tensor(values, shape, on: device).channelsLast()
  }

  /// The name that the tensor has in files.
  private static let name = "latents"

  /// Reads the tensor `latents` of a safetensors file.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - device: Where the numbers are converted to `float32`.
  /// - Throws: `CheckpointError` when the file cannot be read or has no such tensor, ``PipelineError``
  ///   when it is not `[N, C, h, w]`.
  public init(contentsOf url: URL, on device: Device) throws {
    let parameters = Parameters(try Checkpoint(url), device: device)
    let shape = try parameters.shape(of: Self.name)
    guard shape.rank == 4 else {
      throw PipelineError(
        .badData, "\(url.path): '\(Self.name)' is \(shape); latents are [N, C, h, w]")
    }
    self.init(try parameters.tensor(Self.name, shape).floats(), shape)
  }

  /// Writes a safetensors file with one `float32` tensor named `latents`.
  ///
  /// - Throws: `WritingError` when the file cannot be written.
  public func write(to url: URL, metadata: [String: String] = [:]) throws {
    var writer = SafetensorsWriter(metadata: metadata)
    writer.add(Self.name, .float32, shape) { unsafe values.withUnsafeBytes { unsafe Data($0) } }
    try writer.write(to: url)
  }
}
