public import Tensors

extension Reference {
  /// The mean or the largest of the pixels of each square window that lie on the map.
  public static func pool(
    _ x: Tensor, _ kind: PoolOptions.Kind, window: Int, stride: Int, _ padding: Padding
  ) -> Tensor {
    let input = x.floats()
    let (rows, columns, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let height = (rows + padding.top + padding.bottom - window) / stride + 1
    let width = (columns + padding.left + padding.right - window) / stride + 1
    let y = positions(x.shape[0], height, width, channels).map { n, h, w, c in
      let values = positions(window, window, 1, 1).compactMap { dy, dx, _, _ -> Double? in
        let (row, column) = (h * stride + dy - padding.top, w * stride + dx - padding.left)
        guard (0..<rows).contains(row), (0..<columns).contains(column) else { return nil }
        return Double(input[((n * rows + row) * columns + column) * channels + c])
      }
      return switch kind {
      case .mean: Float(values.reduce(0, +) / Double(values.count))
      case .max: Float(values.max() ?? 0)
      }
    }
    return Tensor(y, [x.shape[0], height, width, channels], on: x.device)
  }

  /// The weighted mean of the four pixels around each place.
  public static func bilinear(_ x: Tensor, to size: MapSize, alignCorners: Bool) -> Tensor {
    let input = x.floats()
    let (rows, columns, channels) = (x.shape[1], x.shape[2], x.shape[3])
    func place(_ i: Int, _ from: Int, _ to: Int) -> Double {
      alignCorners
        ? Double(i) * Double(from - 1) / Double(to - 1)
        : max((Double(i) + 0.5) * Double(from) / Double(to) - 0.5, 0)
    }
    let y = positions(x.shape[0], size.height, size.width, channels).map { n, h, w, c in
      let (row, column) = (place(h, rows, size.height), place(w, columns, size.width))
      let sum = positions(2, 2, 1, 1).reduce(0.0) { sum, tap in
        let (line, pixel) = (Int(row) + tap.0, Int(column) + tap.1)
        let weight = (1 - abs(row - Double(line))) * (1 - abs(column - Double(pixel)))
        let index = (n * rows + min(line, rows - 1)) * columns + min(pixel, columns - 1)
        return sum + weight * Double(input[index * channels + c])
      }
      return Float(sum)
    }
    return Tensor(y, [x.shape[0], size.height, size.width, channels], on: x.device)
  }
}
