import Foundation
import ImageFiles

extension DrawnLabels.Shape {
  /// Outlines that can be drawn.
  ///
  /// - Returns: nil for an outline of less than three corners, or of numbers beyond any image.
  static func outlines(_ polygons: [[Double]]) -> Self? {
    let isSound = polygons.allSatisfy { polygon in
      polygon.count >= 6 && polygon.count % 2 == 0
        && polygon.allSatisfy { $0.isFinite && abs($0) < 1e6 }
    }
    return isSound ? .polygons(polygons) : nil
  }

  /// A box between two corners, turned clockwise around its middle.
  static func box(
    _ x: (Double, Double), _ y: (Double, Double), degrees: Double = 0
  ) -> Self? {
    let corners = [(x.0, y.0), (x.1, y.0), (x.1, y.1), (x.0, y.1)]
    return outlines([turned(corners, around: ((x.0 + x.1) / 2, (y.0 + y.1) / 2), degrees)])
  }

  /// An ellipse, turned clockwise around its middle, as an outline of 720 corners.
  ///
  /// Source: `Ellipse.as_polygon` of Datumaro.
  static func ellipse(
    _ x: Double, _ y: Double, radii: (x: Double, y: Double), degrees: Double = 0
  ) -> Self? {
    guard max(radii.x, radii.y) > 0, min(radii.x, radii.y) >= 0 else { return nil }
    let corners = (0..<720).map { place in
      let angle = 2 * Double.pi / 719 * Double(place)
      return (x + radii.x * cos(angle), y + radii.y * sin(angle))
    }
    return outlines([turned(corners, around: (x, y), degrees)])
  }

  /// A circle, as an outline of so many corners that no arc leaves its chord by a pixel, and at least twelve.
  ///
  /// Source: labelme's `labelme2coco.py`.
  static func circle(_ x: Double, _ y: Double, radius: Double) -> Self? {
    guard radius > 0, radius < 1e6 else { return nil }
    let count = max(radius > 0.5 ? Int(Double.pi / acos(1 - 1 / radius)) : 0, 12)
    return outlines([
      (0..<count).flatMap { place in
        let angle = 2 * Double.pi / Double(count) * Double(place)
        return [x + radius * sin(angle), y + radius * cos(angle)]
      }
    ])
  }

  private static func turned(
    _ corners: [(Double, Double)], around middle: (Double, Double), _ degrees: Double
  ) -> [Double] {
    if degrees == 0 { return corners.flatMap { [$0.0, $0.1] } }
    let angle = degrees * .pi / 180
    return corners.flatMap { corner in
      let (x, y) = (corner.0 - middle.0, corner.1 - middle.1)
      return [
        middle.0 + x * cos(angle) - y * sin(angle), middle.1 + x * sin(angle) + y * cos(angle),
      ]
    }
  }

  /// The pixels of a box of an image.
  ///
  /// - Parameters:
  ///   - rows: Whether a pixel belongs to the object, `[height, width]`.
  /// - Returns: nil for a box that leaves the image, or another count of pixels.
  static func pixels(
    _ rows: [Bool], left: Int, top: Int, width: Int, height: Int, on size: ImageSize
  ) -> Self? {
    guard (0..<size.width).contains(left), (0..<size.height).contains(top), width > 0, height > 0,
      width <= size.width - left, height <= size.height - top, rows.count == width * height
    else { return nil }
    var (counts, end) = ([Int](), 0)
    for x in left..<left + width {
      for y in top..<top + height where rows[(y - top) * width + x - left] {
        let place = x * size.height + y
        if place == end && !counts.isEmpty {
          counts[counts.count - 1] += 1
        } else {
          counts += [place - end, 1]
        }
        end = place + 1
      }
    }
    let rest = size.width * size.height - end
    return .runs(
      RunLengthMask(
        width: size.width, height: size.height, counts: counts + (rest > 0 ? [rest] : [])))
  }
}
