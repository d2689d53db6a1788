public import Checkpoints
public import Foundation
public import Tensors

/// Weights that follow from their names alone, for networks that are too large for a fixture, as
/// `tools/fixtures/fid_network.py` makes them: kernels that keep the size of what is rectified, and batch normalisations that
/// are far from none.
public enum SeededWeights {
  /// The values of a tensor, row-major.
  public static func numbers(_ name: String, _ shape: Shape) -> [Float] {
    let seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    var random = SplitMix64(seed: seed)
    let uniform = (0..<shape.count).map { _ in Float(random.next() >> 40) / 0x1p24 }
    if shape.rank > 1 {
      let bound = (6 / Float(shape.count / shape[0])).squareRoot()
      return uniform.map { (2 * $0 - 1) * bound }
    }
    let isScale = name.hasSuffix("weight") || name.hasSuffix("running_var")
    return uniform.map { isScale ? 0.5 + $0 : 0.5 * $0 - 0.25 }
  }

  /// The tensors that a network has asked for, on a device.
  public static func source(_ shapes: [String: Shape], on device: Device) -> DictionaryParameters {
    DictionaryParameters(
      Dictionary(
        uniqueKeysWithValues: shapes.map { name, shape in
          (name, Tensor(numbers(name, shape), shape, on: device))
        }))
  }

  /// The tensors that a network has asked for, as a file.
  public static func write(_ shapes: [String: Shape], to url: URL) throws {
    var writer = SafetensorsWriter()
    for (name, shape) in shapes {
      writer.add(name, .float32, shape) {
        numbers(name, shape).withUnsafeBytes { Data($0) }
      }
    }
    try writer.write(to: url)
  }
}
