import Checkpoints
import Tensors

/// Overlapping tiles whose seams are blended, as diffusers' `enable_tiling` lays them.
struct Tiling: Sendable {
  /// Side of a tile, in pixels and in latent pixels.
  let imageSide, latentSide: Int

  /// Part of a tile that it shares with its neighbour; diffusers' `tile_overlap_factor`.
  private static let overlap = 0.25

  init(_ configuration: AutoencoderKLConfiguration) {
    imageSide = configuration.sampleSize.height
    latentSide = max(imageSide / configuration.downscaleFactor, 1)
  }

  func isExceeded(byLatents shape: Shape) -> Bool { max(shape[1], shape[2]) > latentSide }

  func isExceeded(byImage shape: Shape) -> Bool { max(shape[1], shape[2]) > imageSide }

  /// - Parameter network: Maps one tile of latents to one of pixels.
  func decode(_ latents: Tensor, _ network: (Tensor) -> Tensor) -> Tensor {
    map(latents, side: latentSide, resultSide: imageSide, network)
  }

  /// - Parameter network: Maps one tile of pixels to one of moments.
  func encode(_ image: Tensor, _ network: (Tensor) -> Tensor) -> Tensor {
    map(image, side: imageSide, resultSide: latentSide, network)
  }

  /// Samples go one by one, so that rows can be cut and joined along the first axis.
  private func map(
    _ x: Tensor, side: Int, resultSide: Int, _ network: (Tensor) -> Tensor
  ) -> Tensor {
    .stack(
      samples: (0..<x.shape[0]).map { n in
        let rows = tiles(of: x.samples(n..<n + 1), side: side).map { $0.map(network) }
        return Self.join(rows, blend: Int(Double(resultSide) * Self.overlap), side: resultSide)
      })
  }

  /// The tiles in reading order; those at the lower and right border are smaller.
  private func tiles(of x: Tensor, side: Int) -> [[Tensor]] {
    let (height, width) = (x.shape[1], x.shape[2])
    let step = max(Int(Double(side) * (1 - Self.overlap)), 1)
    return stride(from: 0, to: height, by: step).map { top in
      stride(from: 0, to: width, by: step).map { left in
        x.cropped(
          rows: top..<min(top + side, height), columns: left..<min(left + side, width))
      }
    }
  }

  /// Blends each tile with the one above and the one to the left, cuts it to the step, and joins all.
  ///
  /// - Parameters:
  ///   - rows: Tiles of one sample, `[1, H, W, C]`.
  ///   - blend: Width of a seam, in pixels of the tiles.
  private static func join(_ rows: [[Tensor]], blend: Int, side: Int) -> Tensor {
    let limit = side - blend
    var above: [FeatureTile] = []
    var lines: [Tensor] = []
    for row in rows {
      var tiles: [FeatureTile] = []
      for (j, tensor) in row.enumerated() {
        var tile = FeatureTile(tensor)
        if j < above.count { tile = tile.blended(below: above[j], extent: blend) }
        if let left = tiles.last { tile = tile.blended(rightOf: left, extent: blend) }
        tiles.append(tile)
      }
      above = tiles
      lines.append(FeatureTile.row(tiles.map { $0.cut(to: limit) }))
    }
    return FeatureTile.column(lines)
  }
}
