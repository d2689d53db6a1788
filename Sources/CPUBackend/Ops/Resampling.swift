public import TensorCore

extension CPUBackend {
  /// Nearest-neighbour enlargement.
  public func upsampleNearest(_ x: Tensor, into y: Tensor) {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let rows = Self.nearest(height, y.shape[1])
    let columns = Self.nearest(width, y.shape[2])
    forEachRow(of: y) { sample, row, target in
      let source = x.floatPointer + (sample * height + rows[row]) * width * channels
      for (column, position) in columns.enumerated() {
        (target + column * channels).update(from: source + position * channels, count: channels)
      }
    }
  }

  /// For each of `count` positions the one of `size` positions that it repeats.
  private static func nearest(_ size: Int, _ count: Int) -> [Int] {
    let scale = Float(size) / Float(count)
    return (0..<count).map { min(Int(Float($0) * scale), size - 1) }
  }

  /// Mean over 2×2 windows, cut off at an odd border.
  public func averagePool(_ x: Tensor, into y: Tensor) {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    forEachRow(of: y) { sample, row, target in
      let source = x.floatPointer + sample * height * width * channels
      let rows = 2 * row..<min(2 * row + 2, height)
      for column in 0..<y.shape[2] {
        let columns = 2 * column..<min(2 * column + 2, width)
        let count = Float(rows.count * columns.count)
        for channel in 0..<channels {
          var sum: Float = 0
          for h in rows { for w in columns { sum += source[(h * width + w) * channels + channel] } }
          target[column * channels + channel] = sum / count
        }
      }
    }
  }

  /// Moves blocks of pixels into channels.
  public func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {
    let (width, channels) = (x.shape[2], x.shape[3])
    forEachRow(of: y) { sample, row, target in
      let source = x.floatPointer + (sample * x.shape[1] + row * factor) * width * channels
      for column in 0..<y.shape[2] {
        let pixel = target + column * y.shape[3]
        for c in 0..<channels {
          for dy in 0..<factor {
            for dx in 0..<factor {
              pixel[(c * factor + dy) * factor + dx] =
                source[(dy * width + column * factor + dx) * channels + c]
            }
          }
        }
      }
    }
  }

  /// Writes zeros between the pixels.
  public func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {
    let channels = x.shape[3]
    forEachRow(of: y) { sample, row, target in
      target.update(repeating: 0, count: y.shape[2] * channels)
      guard row % stride == 0 else { return }
      let source = x.floatPointer + (sample * x.shape[1] + row / stride) * x.shape[2] * channels
      for column in 0..<x.shape[2] {
        (target + column * stride * channels)
          .update(from: source + column * channels, count: channels)
      }
    }
  }

  /// Calls `body` with the place of every row of pixels of a feature map.
  private func forEachRow(
    of y: Tensor,
    _ body: @escaping (_ sample: Int, _ row: Int, _ target: UnsafeMutablePointer<Float>) -> Void
  ) {
    let (height, width) = (y.shape[1], y.shape[2] * y.shape[3])
    let target = y.floatPointer
    threads.forEachRange(y.shape[0] * height, grain: 1 + Self.grain / max(width, 1)) { rows in
      for row in rows { body(row / height, row % height, target + row * width) }
    }
  }
}
