import DurableFiles
public import ImageFiles

extension LabelImage {
  /// Scribbles as somebody might have drawn them: a line along the middle of each connected region of each class, of the
  /// background too, in no pixel outside its region. A region of a single pixel has a dot.
  ///
  /// - Parameters:
  ///   - settings: How they are drawn.
  ///   - encoding: Which ids name no class; regions of ignored ones have no scribble.
  ///   - name: The image's name, by which the seed chooses.
  /// - Returns: The ids on the lines; where there is none the largest ignored id, or 255.
  public func scribbles(
    _ settings: ScribbleSettings, _ encoding: LabelEncoding, named name: String
  ) -> LabelImage {
    precondition(settings.thickness > 0, "scribbles: a line of \(settings.thickness) pixels")
    let open = encoding.ignored.max() ?? 255
    var drawn = LabelImage(
      width: width, height: height, ids: [UInt8](repeating: open, count: ids.count),
      palette: palette)
    for (number, region) in LabelRegion.all(in: self).enumerated()
    where !encoding.ignored.contains(region.id) {
      let pen = ScribblePen(region, width, height, thickness: settings.thickness)
      let line = CentreLine(of: region, width, height)
      let part = settings.part(of: line.pixels.count, name, number)
      for pixel in pen.pixels(along: line, part) { drawn.ids[pixel] = region.id }
    }
    return drawn
  }
}

extension ScribbleSettings {
  /// The points of a line that are drawn, at least one.
  fileprivate func part(of count: Int, _ name: String, _ region: Int) -> Range<Int> {
    let kept = min(count, max(1, Int((Double(count) * length).rounded())))
    if kept == count { return 0..<count }
    var hash = SHA256()
    for number in [seed, UInt64(region)] {
      hash.update((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }.span)
    }
    hash.update(Array(name.utf8).span)
    let number = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let first = Int(number % UInt64(count - kept + 1))
    return first..<first + kept
  }
}

/// A round pen that leaves no mark outside a region.
private struct ScribblePen {
  private let width, height: Int
  private let isInside: [Bool]
  private let thickness: Int
  /// The pixels around a point that the pen covers.
  private let tip: [(x: Int, y: Int)]

  init(_ region: LabelRegion, _ width: Int, _ height: Int, thickness: Int) {
    (self.width, self.height, self.thickness) = (width, height, thickness)
    var inside = [Bool](repeating: false, count: width * height)
    for pixel in region.pixels { inside[pixel] = true }
    isInside = inside
    // Twice the distances from the tip's middle, which lies between two pixels where the thickness is even.
    let offset = thickness % 2 == 0 ? 1 : 0
    let reach = -(thickness / 2)...thickness / 2
    tip = reach.flatMap { y in reach.map { (x: $0, y: y) } }.filter { point in
      let (x, y) = (2 * point.x - offset, 2 * point.y - offset)
      return x * x + y * y <= thickness * thickness
    }
  }

  /// What the pen marks along a part of a line, which is smoothed as far as it stays inside.
  func pixels(along line: CentreLine, _ part: Range<Int>) -> Set<Int> {
    let smooth = line.smoothed(thickness, width)
    let points = part.map { place -> (x: Int, y: Int) in
      let (point, pixel) = (smooth[place], line.pixels[place])
      return isInside[point.y * width + point.x] ? point : (x: pixel % width, y: pixel / width)
    }
    var marks: Set<Int> = []
    mark(points[0], in: &marks)
    for (from, to) in zip(points, points.dropFirst()) {
      let steps = max(abs(to.x - from.x), abs(to.y - from.y))
      for step in 0..<steps {
        // From the end back, so that it is marked.
        mark(
          (
            to.x + (from.x - to.x) * step / steps, to.y + (from.y - to.y) * step / steps
          ), in: &marks)
      }
    }
    return marks
  }

  private func mark(_ point: (x: Int, y: Int), in marks: inout Set<Int>) {
    for part in tip {
      let (x, y) = (point.x + part.x, point.y + part.y)
      guard (0..<width).contains(x), (0..<height).contains(y) else { continue }
      if isInside[y * width + x] { marks.insert(y * width + x) }
    }
  }
}
