import Tensors

/// A tile of one sample, which can be blended with its neighbours.
///
/// Rows are cut along the first axis of `[H, W, C]`, columns along the last of `[H, W·C]`.
struct FeatureTile: Sendable {
  private let pixels: Tensor

  /// - Parameter tensor: `[1, H, W, C]`.
  init(_ tensor: Tensor) {
    pixels = tensor.reshaped(Shape(Array(tensor.shape.dimensions.dropFirst())))
  }

  private init(pixels: Tensor) { self.pixels = pixels }

  private var height: Int { pixels.shape[0] }
  private var width: Int { pixels.shape[1] }

  private func columns(_ range: Range<Int>) -> Tensor {
    let channels = pixels.shape[2]
    return pixels.reshaped([height, width * channels])
      .channels(range.lowerBound * channels..<range.upperBound * channels)
  }

  /// Fades the last rows of the tile above into this tile's first.
  ///
  /// - Parameter extent: Number of rows, or fewer where a tile has fewer.
  func blended(below above: FeatureTile, extent: Int) -> FeatureTile {
    let extent = min(extent, height, above.height)
    let faded = (0..<extent).map { y in
      let other = above.height - extent + y
      return Self.fade(
        above.pixels.samples(other..<other + 1), pixels.samples(y..<y + 1), y, extent)
    }
    let rest = extent < height ? [pixels.samples(extent..<height)] : []
    return FeatureTile(pixels: .stack(samples: faded + rest))
  }

  /// Fades the last columns of the tile to the left into this tile's first.
  ///
  /// - Parameter extent: Number of columns, or fewer where a tile has fewer.
  func blended(rightOf left: FeatureTile, extent: Int) -> FeatureTile {
    let extent = min(extent, width, left.width)
    let faded = (0..<extent).map { x in
      let other = left.width - extent + x
      return Self.fade(left.columns(other..<other + 1), columns(x..<x + 1), x, extent)
    }
    let rest = extent < width ? [columns(extent..<width)] : []
    return FeatureTile(pixels: Tensor.concatenate(faded + rest).reshaped(pixels.shape))
  }

  /// The upper left corner, at most `side` pixels high and wide.
  func cut(to side: Int) -> FeatureTile {
    let (height, width) = (min(side, height), min(side, width))
    let part = columns(0..<width).samples(0..<height)
    return FeatureTile(pixels: part.reshaped([height, width, pixels.shape[2]]))
  }

  /// Tiles side by side, `[1, H, ΣW, C]`.
  static func row(_ tiles: [FeatureTile]) -> Tensor {
    let joined = Tensor.concatenate(tiles.map { $0.columns(0..<$0.width) })
    let channels = tiles[0].pixels.shape[2]
    return joined.reshaped([1, joined.shape[0], joined.shape[1] / channels, channels])
  }

  /// Rows of tiles one below the other, `[1, ΣH, W, C]`.
  static func column(_ rows: [Tensor]) -> Tensor {
    let joined = Tensor.stack(samples: rows.map { FeatureTile($0).pixels })
    return joined.reshaped(Shape([1] + joined.shape.dimensions))
  }

  /// The step `i` of `extent` from one line to another.
  private static func fade(_ from: Tensor, _ to: Tensor, _ i: Int, _ extent: Int) -> Tensor {
    let weight = Float(i) / Float(extent)
    return .combine([(1 - weight, from), (weight, to)])
  }
}
