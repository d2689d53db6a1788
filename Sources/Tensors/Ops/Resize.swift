/// How pixels between pixels are found.
public enum ResizeMode: String, Sendable, CaseIterable {
  /// The pixel's that lies before.
  case nearest
  /// Between two pixels along each axis, in proportion.
  case bilinear
  /// Between four pixels along each axis, by the cubic convolution with a = −3/4.
  case bicubic

  /// Pixels along an axis that make one.
  package var taps: Int {
    switch self {
    case .nearest: 1
    case .bilinear: 2
    case .bicubic: 4
    }
  }
}

/// Where the pixels of a resized map are read along one axis: pixel i at `(step·i + start) / divisor`, an
/// exact quotient, so that every device reads the same.
package struct ResizeAxis: Sendable, Equatable {
  /// Pixels that there are.
  package let size: Int
  package let step, start, divisor: Int

  /// - Parameters:
  ///   - size: Pixels that there are.
  ///   - count: Pixels that are wanted.
  ///   - alignCorners: Whether the centres of the first and last pixels meet, and not their borders.
  package init(from size: Int, to count: Int, alignCorners: Bool) {
    self.size = size
    if alignCorners {
      (step, start, divisor) = (count > 1 ? size - 1 : 0, 0, max(count - 1, 1))
    } else {
      (step, start, divisor) = (2 * size, size - count, 2 * count)
    }
  }

  /// Pixels and weights that make pixel `index`; what lies outside is the border's pixel.
  package func taps(_ index: Int, _ mode: ResizeMode) -> [(pixel: Int, weight: Float)] {
    let numerator = step * index + start
    let place = mode == .bilinear ? max(numerator, 0) : numerator
    let first = (place + divisor) / divisor - 1
    let weights = Self.weights(Double(place - first * divisor) / Double(divisor), mode)
    let before = mode == .bicubic ? 1 : 0
    return weights.enumerated().map {
      (min(max(first - before + $0.offset, 0), size - 1), Float($0.element))
    }
  }

  /// Weights of the neighbours of a place between two pixels. Source of the cubic ones: Keys, "Cubic
  /// Convolution Interpolation for Digital Image Processing", 1981, with PyTorch's a.
  private static func weights(_ t: Double, _ mode: ResizeMode) -> [Double] {
    let a = -0.75
    func near(_ t: Double) -> Double { ((a + 2) * t - (a + 3)) * t * t + 1 }
    func far(_ t: Double) -> Double { ((a * t - 5 * a) * t + 8 * a) * t - 4 * a }
    return switch mode {
    case .nearest: [1]
    case .bilinear: [1 - t, t]
    case .bicubic: [far(t + 1), near(t), near(1 - t), far(2 - t)]
    }
  }
}

extension Tensor {
  /// Resizes a feature map, as PyTorch's `interpolate` without antialiasing.
  ///
  /// For the nearest pixel, `y[h, w] = x[⌊h·(H/height)⌋, ⌊w·(W/width)⌋]`, the quotient is rounded to single
  /// precision before it is multiplied, as PyTorch does: for some sizes, of which 14 to 46 are the first, a
  /// pixel then comes from the neighbour.
  ///
  /// - Parameters:
  ///   - size: Height and width of the result.
  ///   - mode: How pixels between pixels are found.
  ///   - alignCorners: Whether the centres of the corner pixels meet, and not the maps' borders; not for the
  ///     nearest pixel.
  /// - Returns: `[N, size.height, size.width, C]`.
  /// - Complexity: 1, 4 or 16 products for each result. A convolution that follows the nearest enlargement
  ///   saves the enlarged map's way through memory with ``Conv2DOptions/enlargement``.
  public func resize(
    to size: MapSize, _ mode: ResizeMode, alignCorners: Bool = false
  ) -> Tensor {
    precondition(shape.rank == 4 && shape.count > 0, "resize: \(shape) is not a feature map")
    precondition(
      mode != .nearest || !alignCorners, "resize: the nearest pixel knows no aligned corners")
    let y = Tensor([shape[0], size.height, size.width, shape[3]], on: device)
    device.backend.resize(self, into: y, mode, alignCorners: alignCorners)
    return y
  }
}
