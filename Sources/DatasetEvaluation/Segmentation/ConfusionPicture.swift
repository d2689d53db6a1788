public import ImageFiles
import SegmentationDatasets

extension ConfusionMatrix {
  /// The matrix as a picture: a row a class of the reference, a column a class of the prediction, the darker the larger the
  /// share of the row's pixels. The rows begin, and the columns, with the class's colour. A class without pixels is grey.
  ///
  /// - Parameter cell: The side of an entry, in pixels.
  public func picture(cell: Int = 16) -> Image {
    let count = ids.count + 1
    var image = Image(width: count * cell, height: count * cell, channels: 3, fill: 255)
    for (place, id) in ids.enumerated() {
      let colour = classes.palette[Int(id)]
      image.fill(colour, column: 0, row: place + 1, cell)
      image.fill(colour, column: place + 1, row: 0, cell)
      let shares = shares(of: place)
      for column in ids.indices {
        let shade = shares.map { Self.shade($0[column]) } ?? Self.absent
        image.fill(shade, column: column + 1, row: place + 1, cell)
      }
    }
    return image
  }

  /// The shade of a class without pixels.
  static let absent = RGB(200, 200, 200)

  /// White for none, dark blue for all; small shares are told apart better than large ones.
  static func shade(_ share: Double) -> RGB {
    let light = 1 - share.squareRoot()
    func level(_ least: Double) -> UInt8 { UInt8((least + (255 - least) * light).rounded()) }
    return RGB(level(8), level(29), level(88))
  }
}

extension Image {
  /// Paints an entry, less a line on the right and below.
  fileprivate mutating func fill(_ colour: RGB, column: Int, row: Int, _ cell: Int) {
    for y in row * cell..<row * cell + cell - 1 {
      for x in column * cell..<column * cell + cell - 1 {
        let pixel = 3 * (y * width + x)
        (pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]) = (
          colour.red, colour.green, colour.blue
        )
      }
    }
  }
}
