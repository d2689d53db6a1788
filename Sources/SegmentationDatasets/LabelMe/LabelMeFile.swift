import DurableFiles
import Foundation
import ImageFiles

/// A file of labelme: what is drawn on one image.
struct LabelMeFile: Decodable, Sendable {
  struct Shape: Decodable, Sendable {
    let label: String
    let points: [[Double]]
    /// Shapes of one label and one group are one object.
    let group_id: Int?
    /// `polygon` in files that are older than the word.
    let shape_type: String?
    /// Of the type `mask`: a PNG in base 64, of the pixels between two corners.
    let mask: String?
  }

  let shapes: [Shape]
  let imagePath: String
  let imageHeight, imageWidth: Int?

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError`` for one that cannot be read or is no such file.
  init(contentsOf url: URL) throws(DatasetError) {
    let data = try SegmentationDatasets.contents(
      of: url, "the annotations", "Check its permissions.")
    do { self = try JSONDecoder.python.decode(LabelMeFile.self, from: data) } catch {
      let reason = (error as? DecodingError).map { " (\(summary(of: $0)))" } ?? ""
      throw DatasetError(
        url.path, "this is no file of labelme\(reason)",
        "Expected an object with shapes, their points, and imagePath; save it with labelme again.")
    }
  }
}

extension LabelMeFile.Shape {
  /// The pixels of the shape.
  ///
  /// - Parameter complain: Makes an error of what was found and what to do.
  func drawn(
    on size: ImageSize, _ complain: (_ found: String, _ remedy: String) -> DatasetError
  ) throws(DatasetError) -> DrawnLabels.Shape {
    guard points.allSatisfy({ $0.count == 2 }) else {
      throw complain("a point has not two numbers", "Correct the file.")
    }
    let shape: DrawnLabels.Shape?
    switch shape_type ?? "polygon" {
    case "polygon": shape = .outlines([points.flatMap(\.self)])
    case "rectangle" where points.count == 2:
      shape = .box((points[0][0], points[1][0]), (points[0][1], points[1][1]))
    case "rectangle": shape = points.count == 4 ? .outlines([points.flatMap(\.self)]) : nil
    case "oriented_rectangle":
      shape = points.count == 4 ? .outlines([points.flatMap(\.self)]) : nil
    case "circle" where points.count == 2:
      let radius = hypot(points[1][0] - points[0][0], points[1][1] - points[0][1])
      shape = .circle(points[0][0], points[0][1], radius: radius)
    case "circle": shape = nil
    case "mask": shape = pixels(on: size)
    case let type:
      throw complain(
        "a shape of the type '\(type)' covers no pixels",
        "Draw a polygon, rectangle, circle or mask instead, or remove it.")
    }
    guard let shape else {
      throw complain(
        "this is no \(shape_type ?? "polygon") on an image of \(size)",
        "Draw it anew: polygons have three corners or more, rectangles and circles two points, masks a PNG between "
          + "two corners.")
    }
    return shape
  }

  private func pixels(on size: ImageSize) -> DrawnLabels.Shape? {
    guard points.count == 2, points.joined().allSatisfy({ (0..<65536).contains($0) }),
      let mask, let data = Data(base64Encoded: mask),
      let image = try? Image(decoding: data, name: "mask")
    else { return nil }
    let (left, top) = (Int(points[0][0]), Int(points[0][1]))
    guard Int(points[1][0]) - left + 1 == image.width, Int(points[1][1]) - top + 1 == image.height
    else { return nil }
    return .pixels(
      stride(from: 0, to: image.pixels.count, by: image.channels).map { image.pixels[$0] > 0 },
      left: left, top: top, width: image.width, height: image.height, on: size)
  }
}
