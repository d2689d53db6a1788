import ImageFiles

/// What becomes of soft edges.
enum EdgeFinish {
  /// Levels of safety: int(3x) / 2, which leaves nothing of the photograph's finer shades.
  static func safe(_ edge: Float) -> Float { Float(Int(edge * 3)) / 2 }

  /// Lines as if by hand: the ridges of blurred edges, blurred again and cut.
  ///
  /// Source: `nms` and the detectors of controlnet_aux.
  static func scribble(_ edges: Image) -> Image {
    let blurred = edges.pixels.map(Float.init)
      .gaussianBlurred(width: edges.width, height: edges.height, channels: 1, sigma: 3)
    let ridges = Image(
      width: edges.width, height: edges.height, channels: 1,
      pixels: ridges(blurred, width: edges.width).map { $0 ? 255 : 0 })
    var lines = ridges.gaussianBlurredByThree()
    lines.pixels = lines.pixels.map { $0 > 4 ? 255 : 0 }
    return lines
  }

  /// Pixels brighter than the middle grey and, along some direction, no darker than both neighbours.
  private static func ridges(_ values: [Float], width: Int) -> [Bool] {
    let height = values.count / width
    func isRidge(_ x: Int, _ y: Int) -> Bool {
      let value = values[y * width + x]
      func isDarker(_ dx: Int, _ dy: Int) -> Bool {
        let (column, row) = (x + dx, y + dy)
        guard (0..<width).contains(column) && (0..<height).contains(row) else { return true }
        return values[row * width + column] <= value
      }
      return value > 127
        && [(1, 0), (0, 1), (1, 1), (1, -1)].contains { dx, dy in
          isDarker(dx, dy) && isDarker(-dx, -dy)
        }
    }
    return values.indices.map { isRidge($0 % width, $0 / width) }
  }
}
