import ImageFiles

/// A rectangle of an image that is painted by itself: the masked part with some of its surroundings.
struct MaskRegion: Sendable, Equatable {
  let x, y, width, height: Int

  /// The part of an image that diffusers' `padding_mask_crop` paints: all that is not black in the mask, the padding
  /// around it, and so much more that it has the shape of what is painted, as far as the image reaches.
  ///
  /// - Parameters:
  ///   - mask: The mask, of the image's size, one channel.
  ///   - padding: Pixels around what is masked.
  ///   - size: Of what is painted.
  /// - Returns: nil where all of the mask is black.
  init?(of mask: Image, padding: Int, painting size: ImageSize) {
    let columns = (0..<mask.width).filter { x in
      (0..<mask.height).contains { mask.pixels[$0 * mask.width + x] != 0 }
    }
    let rows = (0..<mask.height).filter { y in
      mask.pixels[y * mask.width..<(y + 1) * mask.width].contains { $0 != 0 }
    }
    guard let left = columns.first, let right = columns.last, let top = rows.first,
      let bottom = rows.last
    else { return nil }
    var across = Span(left - padding, right + 1 + padding, within: mask.width)
    var down = Span(top - padding, bottom + 1 + padding, within: mask.height)
    let shape = Double(size.width) / Double(size.height)
    if Double(across.count) / Double(down.count) > shape {
      down.widen(to: Double(across.count) / shape)
    } else {
      across.widen(to: Double(down.count) * shape)
    }
    (x, y, width, height) = (across.start, down.start, across.count, down.count)
  }

  /// The part of an image that lies in the region, at the size that is painted.
  func part(of image: Image, at size: ImageSize) -> Image {
    image.cropped(x: x, y: y, width: width, height: height)
      .resizedAndFilled(width: size.width, height: size.height)
  }
}

/// Some of an image's rows or columns.
private struct Span {
  var start, end: Int
  let limit: Int
  var count: Int { end - start }

  init(_ start: Int, _ end: Int, within limit: Int) {
    (self.start, self.end, self.limit) = (max(start, 0), min(end, limit), limit)
  }

  /// Widens to both sides, and to the other one where an edge is in the way.
  mutating func widen(to length: Double) {
    let missing = Int(length - Double(count))
    start -= missing / 2
    end += missing - missing / 2
    if end > limit { (start, end) = (start - (end - limit), limit) }
    if start < 0 { (start, end) = (0, min(end - start, limit)) }
  }
}
