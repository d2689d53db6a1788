import ImageFiles

extension MarkupElement {
  /// What CVAT calls shapes that cover pixels, and those that do not.
  private static let areas = ["polygon", "box", "ellipse", "mask"]
  private static let lines = ["polyline", "points", "cuboid", "skeleton"]

  /// Whether CVAT would draw it: tags are about a whole image.
  var isCVATShape: Bool { Self.areas.contains(name) || Self.lines.contains(name) }

  /// The pixels of one of CVAT's shapes.
  ///
  /// - Parameter complain: Makes an error of what was found and what to do.
  func cvatShape(
    on size: ImageSize, _ complain: (_ found: String, _ remedy: String) -> DatasetError
  ) throws(DatasetError) -> DrawnLabels.Shape {
    guard Self.areas.contains(name) else {
      throw complain(
        "a \(name) covers no pixels that are told", "Draw a polygon or mask instead, or remove it.")
    }
    let shape =
      switch name {
      case "polygon": polygon
      case "box": box
      case "ellipse": ellipse
      default: pixels(on: size)
      }
    guard let shape else {
      throw complain(
        "this is no \(name) on an image of \(size)",
        "Correct it in CVAT, and export the file again.")
    }
    return shape
  }

  private var polygon: DrawnLabels.Shape? {
    let points = attributes["points", default: ""].split(separator: ";").map { point in
      point.split(separator: ",").compactMap { Double($0) }
    }
    guard points.allSatisfy({ $0.count == 2 }) else { return nil }
    return .outlines([points.flatMap(\.self)])
  }

  private var box: DrawnLabels.Shape? {
    guard let left = number("xtl"), let top = number("ytl"), let right = number("xbr"),
      let bottom = number("ybr"), let degrees = degrees
    else { return nil }
    return .box((left, right), (top, bottom), degrees: degrees)
  }

  private var ellipse: DrawnLabels.Shape? {
    guard let x = number("cx"), let y = number("cy"), let width = number("rx"),
      let height = number("ry"), let degrees = degrees
    else { return nil }
    return .ellipse(x, y, radii: (width, height), degrees: degrees)
  }

  private var degrees: Double? {
    attributes["rotation"].map { Double($0) } ?? 0
  }

  /// Runs row by row, of the pixels of a box: first those that do not belong to the object.
  private func pixels(on size: ImageSize) -> DrawnLabels.Shape? {
    guard let left = integer("left"), let top = integer("top"), let width = integer("width"),
      let height = integer("height"), let text = attributes["rle"],
      (1...size.width).contains(width), (1...size.height).contains(height)
    else { return nil }
    var rows: [Bool] = []
    for (index, word) in text.split(whereSeparator: { $0 == "," || $0 == " " }).enumerated() {
      guard let count = Int(word), (0...width * height - rows.count).contains(count) else {
        return nil
      }
      rows += [Bool](repeating: index % 2 == 1, count: count)
    }
    return .pixels(rows, left: left, top: top, width: width, height: height, on: size)
  }
}
