public import ImageFiles

/// Canny's edge detector as OpenCV computes it: 3×3 Sobel derivatives, the gradient's L1 norm, the
/// strongest channel of every pixel, thinning along the gradient, hysteresis over 8 neighbours.
///
/// Source: Canny, "A Computational Approach to Edge Detection", PAMI 1986; equal to
/// `cv2.Canny(image, low, high)` of OpenCV 4.
public struct CannyDetector: ControlAnnotator {
  /// Gradients up to this are no edge, in grey levels times the Sobel kernel's weight of 4.
  public var low: Int
  /// Gradients above this start an edge, in the same unit.
  public var high: Int

  /// Makes a detector; 100 and 200 are what T2I-Adapter's and ControlNet's Canny models expect.
  public init(low: Int = 100, high: Int = 200) {
    precondition(0 <= low && low <= high, "Canny: thresholds \(low) and \(high) must ascend from 0")
    self.low = low
    self.high = high
  }

  /// A core is enough.
  public var usesDevice: Bool { false }

  /// Draws edges one pixel wide, with value 255 on 0.
  ///
  /// - Parameter image: Grey or RGB.
  /// - Returns: One channel of the same size.
  public func callAsFunction(_ image: Image) -> Image {
    let gradients = SobelGradients(of: image)
    var marks = [Mark](repeating: .none, count: image.width * image.height)
    var pending: [Int] = []
    for y in 0..<image.height {
      for x in 0..<image.width where gradients.isRidge(x: x, y: y, above: low) {
        let index = y * image.width + x
        if gradients.magnitude(x, y) > high {
          marks[index] = .edge
          pending.append(index)
        } else {
          marks[index] = .candidate
        }
      }
    }
    follow(&pending, in: &marks, width: image.width)
    return Image(
      width: image.width, height: image.height, channels: 1,
      pixels: marks.map { $0 == .edge ? 255 : 0 })
  }

  private enum Mark: UInt8 { case none, candidate, edge }

  /// Hysteresis: candidates that touch an edge become edges.
  private func follow(_ pending: inout [Int], in marks: inout [Mark], width: Int) {
    let height = marks.count / width
    while let index = pending.popLast() {
      let (y, x) = index.quotientAndRemainder(dividingBy: width)
      for row in max(0, y - 1)...min(height - 1, y + 1) {
        for column in max(0, x - 1)...min(width - 1, x + 1) {
          let neighbour = row * width + column
          guard marks[neighbour] == .candidate else { continue }
          marks[neighbour] = .edge
          pending.append(neighbour)
        }
      }
    }
  }
}
