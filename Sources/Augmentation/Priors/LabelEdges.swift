public import ImageFiles
public import SegmentationDatasets

extension LabelImage {
  /// The outlines of the labelled areas, white on black and two pixels wide: a pixel is 255 where any
  /// of its four neighbours has another id.
  ///
  /// The border id 255 is an area of its own, so VOC's five pixels wide borders give a double line;
  /// call ``borderAsBackground(in:)`` first where a single one, on the object's side, is wanted.
  ///
  /// - Returns: One channel of the same size.
  public func edges() -> Image {
    var pixels = [UInt8](repeating: 0, count: ids.count)
    for y in 0..<height {
      for x in 0..<width {
        let index = y * width + x
        let id = ids[index]
        let differs =
          x > 0 && ids[index - 1] != id || x + 1 < width && ids[index + 1] != id
          || y > 0 && ids[index - width] != id || y + 1 < height && ids[index + width] != id
        if differs { pixels[index] = 255 }
      }
    }
    return Image(width: width, height: height, channels: 1, pixels: pixels)
  }

  /// The same labels with the ignored ids made background; nothing changes where there is none.
  public func borderAsBackground(in encoding: LabelEncoding) -> LabelImage {
    guard let background = encoding.background else { return self }
    var copy = self
    copy.ids = ids.map { encoding.ignored.contains($0) ? background : $0 }
    return copy
  }
}
