import Foundation
import Tensors

/// Where each pixel of a map is, in waves of growing length.
///
/// Source: Carion et al., "End-to-End Object Detection with Transformers", ECCV 2020, arXiv 2005.12872.
enum SinePositions {
  /// The waves of each pixel.
  ///
  /// - Parameters:
  ///   - size: The map's.
  ///   - channels: A multiple of 4: the first half tells the row, the second one the column.
  /// - Returns: `[1, height · width, channels]`.
  static func tensor(of size: MapSize, channels: Int, on device: Device) -> Tensor {
    let half = channels / 2
    let (rows, columns) = (waves(size.height, half), waves(size.width, half))
    var values: [Float] = []
    values.reserveCapacity(size.height * size.width * channels)
    for row in 0..<size.height {
      for column in 0..<size.width {
        values += rows[row * half..<(row + 1) * half]
        values += columns[column * half..<(column + 1) * half]
      }
    }
    return Tensor(values, [1, size.height * size.width, channels], on: device)
  }

  /// Sine and cosine of a place on an axis whose length is once around, `[count, channels]`.
  private static func waves(_ count: Int, _ channels: Int) -> [Float] {
    let lengths = (0..<channels).map { pow(10_000, Float($0 / 2 * 2) / Float(channels)) }
    return (1...count).flatMap { place in
      let angle = Float(place) / (Float(count) + 1e-6) * (2 * Float.pi)
      return lengths.enumerated().map { channel, length in
        channel % 2 == 0 ? sin(angle / length) : cos(angle / length)
      }
    }
  }
}
