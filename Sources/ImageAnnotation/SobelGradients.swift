package import ImageFiles

/// The 3×3 Sobel derivatives of every pixel's strongest channel, and the thinning of Canny's detector.
///
/// The image's border pixels are repeated outwards; outside of it gradients are zero.
package struct SobelGradients {
  private let width, height: Int
  private var dx, dy: [Int16]
  /// |dx| + |dy| with a frame of zeros, `[height + 2, width + 2]`.
  private var magnitudes: [Int16]

  /// Measures every pixel of an image, grey or RGB.
  package init(of image: Image) {
    (width, height) = (image.width, image.height)
    dx = [Int16](repeating: 0, count: width * height)
    dy = dx
    magnitudes = [Int16](repeating: 0, count: (width + 2) * (height + 2))
    for y in 0..<height {
      for x in 0..<width { measure(x, y, in: image) }
    }
  }

  /// |dx| + |dy| of a pixel, 0 outside of the image.
  package func magnitude(_ x: Int, _ y: Int) -> Int {
    Int(magnitudes[(y + 1) * (width + 2) + x + 1])
  }

  private mutating func measure(_ x: Int, _ y: Int, in image: Image) {
    let channels = image.channels
    let rows = (max(y - 1, 0) * width, y * width, min(y + 1, height - 1) * width)
    let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
    for channel in 0..<channels {
      func value(_ row: Int, _ column: Int) -> Int16 {
        Int16(image.pixels[(row + column) * channels + channel])
      }
      let (a, c) = (value(rows.0, left), value(rows.0, right))
      let (g, i) = (value(rows.2, left), value(rows.2, right))
      let h = (c - a) + 2 * (value(rows.1, right) - value(rows.1, left)) + (i - g)
      let v = (g - a) + 2 * (value(rows.2, x) - value(rows.0, x)) + (i - c)
      // Of equal channels the first counts, as in OpenCV.
      let sum = abs(h) + abs(v)
      let framed = (y + 1) * (width + 2) + x + 1
      guard channel == 0 || sum > magnitudes[framed] else { continue }
      magnitudes[framed] = sum
      dx[y * width + x] = h
      dy[y * width + x] = v
    }
  }

  /// Whether the gradient is stronger than `threshold` and than both neighbours in its direction.
  ///
  /// The direction is rounded to a multiple of 45°; tan 22.5° is taken in OpenCV's 15-bit fixed point.
  /// Where two neighbours tie, horizontally or vertically the first of them wins.
  func isRidge(x: Int, y: Int, above threshold: Int) -> Bool {
    let strength = magnitude(x, y)
    guard strength > threshold else { return false }
    let (dx, dy) = (Int(dx[y * width + x]), Int(dy[y * width + x]))
    let tan22 = 13573  // tan(22.5°) · 2¹⁵; tan 67.5° is 2 more
    let (across, along) = (abs(dx) * tan22, abs(dy) << 15)
    if along < across {
      return strength > magnitude(x - 1, y) && strength >= magnitude(x + 1, y)
    }
    if along > across + (abs(dx) << 16) {
      return strength > magnitude(x, y - 1) && strength >= magnitude(x, y + 1)
    }
    let step = (dx ^ dy) < 0 ? -1 : 1
    return strength > magnitude(x - step, y - 1) && strength > magnitude(x + step, y + 1)
  }
}
