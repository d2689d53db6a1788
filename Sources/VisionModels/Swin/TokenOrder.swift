import Tensors

/// Which pixels of a feature map are copied, one after another, and zeros for places beyond its borders.
struct TokenOrder: Sendable {
  /// A pixel's place in a batch of maps.
  typealias Place = (sample: Int, row: Int, column: Int)

  private let rows: Tensor
  private let hasGaps: Bool

  /// Lists pixels.
  ///
  /// - Parameters:
  ///   - places: The pixels; rows and columns may lie below the map and on its right.
  ///   - shape: The map's, `[N, H, W, C]`.
  ///   - device: Where the map is.
  init(_ places: [Place], of shape: Shape, on device: Device) {
    let gap = Int32(shape.rows)
    let rows = places.map { place in
      place.row < shape[1] && place.column < shape[2]
        ? Int32((place.sample * shape[1] + place.row) * shape[2] + place.column) : gap
    }
    hasGaps = rows.contains(gap)
    self.rows = Tensor(rows, [rows.count], on: device)
  }

  /// Copies the pixels.
  ///
  /// - Parameter map: `[N, H, W, C]`.
  /// - Returns: `[count, C]`.
  func callAsFunction(_ map: Tensor) -> Tensor {
    let (tokens, channels) = (map.reshaped([map.shape.rows, map.shape[-1]]), map.shape[-1])
    guard hasGaps else { return tokens.gather(rows) }
    let nothing = Tensor(repeating: 0, [1, channels], on: map.device)
    return Tensor.stack(samples: [tokens, nothing]).gather(rows)
  }
}
