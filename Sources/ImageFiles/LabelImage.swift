/// A segmentation mask: one class id a pixel, top row first.
public struct LabelImage: Sendable, Equatable {
  /// Pixels a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The class ids, `[height, width]`.
  public var ids: [UInt8] {
    didSet { checkCount() }
  }
  /// The colours in the mask's file, by id; empty when it has none.
  public var palette: [RGB]

  /// Wraps ids that exist already.
  ///
  /// - Parameters:
  ///   - width: Pixels a row.
  ///   - height: Rows.
  ///   - ids: `[height, width]`; another count traps.
  ///   - palette: At most 256 colours.
  public init(width: Int, height: Int, ids: [UInt8], palette: [RGB] = []) {
    precondition(width > 0 && height > 0, "LabelImage: \(width)×\(height) has no pixels")
    precondition(palette.count <= 256, "LabelImage: \(palette.count) colours, at most 256 fit")
    self.width = width
    self.height = height
    self.ids = ids
    self.palette = palette
    checkCount()
  }

  /// How many pixels each of the 256 ids has.
  public func histogram() -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    forEachRun { id, run in counts[Int(id)] += run.count }
    return counts
  }

  /// Goes through the places of pixels, row by row from above, a stretch of equal ids at a time.
  public func forEachRun(_ body: (_ id: UInt8, _ places: Range<Int>) -> Void) {
    let ids = ids.span
    var start = 0
    for place in 1..<ids.count where ids[place] != ids[start] {
      body(ids[start], start..<place)
      start = place
    }
    body(ids[start], start..<ids.count)
  }

  /// Every id that at least one pixel has, background and border included.
  public var classes: Set<UInt8> {
    Set(histogram().enumerated().filter { $0.element > 0 }.map { UInt8($0.offset) })
  }

  /// The mask at another size; each pixel takes the id at its centre.
  public func resizedNearest(width: Int, height: Int) -> LabelImage {
    let image = Image(width: self.width, height: self.height, channels: 1, pixels: ids)
    let resized = image.resized(width: width, height: height, .nearest)
    return LabelImage(width: width, height: height, ids: resized.pixels, palette: palette)
  }

  /// An RGB image of the mask; ids beyond the palette are black.
  public func coloured(with palette: [RGB] = Palette.voc) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * ids.count)
    for id in ids {
      let colour = Int(id) < palette.count ? palette[Int(id)] : RGB(0, 0, 0)
      pixels.append(colour.red)
      pixels.append(colour.green)
      pixels.append(colour.blue)
    }
    return Image(width: width, height: height, channels: 3, pixels: pixels)
  }

  private func checkCount() {
    precondition(
      ids.count == width * height,
      "LabelImage: \(ids.count) ids, but \(width)×\(height) needs \(width * height)")
  }
}
