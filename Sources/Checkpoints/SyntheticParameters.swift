public import Foundation
import Synchronization
public import Tensors

/// Seeded random weights for any model: every tensor that is asked for exists, in the shape asked for.
///
/// It needs no file, so that a model of any size can be run, timed or written to disk. What
/// `Parameters.optional` and `Parameters.contains` ask for is absent, so that a model takes its plain
/// form. A tensor's values depend on the seed and its name alone:
///
/// - `…bias` is 0 and every other vector, the scale of a normalisation, is 1;
/// - anything else is nearly normal with a standard deviation of 1/√(inputs of an output).
///
/// Source of the deviation: He et al., "Delving Deep into Rectifiers", arXiv 1502.01852, without the gain.
public struct SyntheticParameters: ParameterSource {
  /// Chooses the values.
  public let seed: UInt64

  private let asked: Asked

  /// Starts with nothing asked for.
  public init(seed: UInt64 = 0) {
    self.seed = seed
    asked = Asked()
  }

  /// What messages call this source.
  public var location: String { "synthetic parameters" }
  /// Names of the tensors that were asked for so far, sorted.
  public var names: [String] { requested.keys.sorted() }
  /// Nothing: a tensor exists only because it is read.
  public var unread: [String] { [] }
  /// Nothing: no tensor has a shape before it is asked for.
  public func shape(of name: String) -> Shape? { nil }
  /// Nothing: no tensor has a type before it is asked for.
  public func elementType(of name: String) -> ElementType? { nil }

  /// Every tensor that was asked for so far.
  public var requested: [String: Shape] { asked.shapes.withLock { $0 } }

  /// Makes the tensor, as `float32`.
  public func tensor(named name: String, _ shape: Shape, on device: Device) throws -> Tensor {
    asked.shapes.withLock { $0[name] = shape }
    // A device without memory only wants to know what a model reads.
    if device.isMeta { return Tensor(shape, .float32, on: device) }
    return Tensor(values(of: name, shape), shape, on: device)
  }

  /// Writes every tensor that was asked for so far as one safetensors file.
  ///
  /// One tensor is in memory at a time. Build a model on `Device.meta` first to ask for
  /// all of its tensors without holding any.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - metadata: Texts for the file's header.
  ///   - check: Called before each tensor; what it throws ends the writing.
  /// - Throws: `WritingError` when the file cannot be written.
  public func write(
    to url: URL, metadata: [String: String] = [:], check: @escaping () throws -> Void = {}
  ) throws {
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, shape) in requested {
      writer.add(name, .float32, shape) {
        try check()
        return unsafe values(of: name, shape).withUnsafeBytes { unsafe Data($0) }
      }
    }
    try writer.write(to: url)
  }

  /// The values of a tensor, row-major.
  func values(of name: String, _ shape: Shape) -> [Float] {
    if shape.rank < 2 {
      return [Float](repeating: name.hasSuffix("bias") ? 0 : 1, count: shape.count)
    }
    let inputs = shape.count / max(shape[0], 1)
    var random = SplitMix64(seed: seed ^ SplitMix64.hash(name))
    return random.normals(shape.count, deviation: 1 / Float(max(inputs, 1)).squareRoot())
  }

  private final class Asked: Sendable {
    let shapes = Mutex<[String: Shape]>([:])
  }
}
