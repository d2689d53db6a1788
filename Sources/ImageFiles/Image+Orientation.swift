extension Image {
  /// Undoes the camera's tilt.
  ///
  /// - Parameter orientation: Exif's 1…8: where the stored first row and column belong.
  func turned(upright orientation: Int) -> Image {
    if orientation == 1 { return self }
    let swapsAxes = orientation >= 5
    let mirrorsX = [2, 3, 7, 8].contains(orientation)
    let mirrorsY = [3, 4, 6, 7].contains(orientation)
    var turned: [UInt8] = []
    turned.reserveCapacity(pixels.count)
    for row in 0..<(swapsAxes ? width : height) {
      for column in 0..<(swapsAxes ? height : width) {
        let (u, v) = swapsAxes ? (row, column) : (column, row)
        let x = mirrorsX ? width - 1 - u : u
        let y = mirrorsY ? height - 1 - v : v
        let start = (y * width + x) * channels
        for channel in 0..<channels { turned.append(pixels[start + channel]) }
      }
    }
    return Image(
      width: swapsAxes ? height : width, height: swapsAxes ? width : height, channels: channels,
      pixels: turned)
  }
}
