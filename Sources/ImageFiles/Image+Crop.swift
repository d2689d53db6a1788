extension Image {
  /// A part of the image; what would reach beyond an edge traps.
  ///
  /// - Parameters:
  ///   - x: The part's left column.
  ///   - y: The part's top row.
  ///   - width: Columns of the part.
  ///   - height: Rows of the part.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> Image {
    precondition(
      x >= 0 && y >= 0 && x + width <= self.width && y + height <= self.height,
      "cropped: \(width)×\(height) at \(x), \(y) is not within \(self.width)×\(self.height)")
    let rows = (y..<y + height).map { row in
      pixels[(row * self.width + x) * channels..<(row * self.width + x + width) * channels]
    }
    return Image(width: width, height: height, channels: channels, pixels: rows.flatMap(\.self))
  }
}
