import ImageFiles

/// Where things stand on a contact sheet: a line of headings and, for each row, a line of text above
/// images in square cells.
struct SheetLayout {
  /// Pixels between two images.
  private static let gap = 4
  /// The height of a line of text with space around it, in pixels.
  private static let line = PixelFont.height + 2 * gap

  /// The length of a cell's sides, in pixels.
  let side: Int
  /// What the columns show.
  let headings: [String]

  /// The layout of images with so many control images.
  init(side: Int, controlImages: Int = 1) {
    let controls = (0..<controlImages).map {
      controlImages == 1 ? "control image" : "control image \($0 + 1)"
    }
    self.init(
      side: side, headings: ["photograph", "mask"] + controls + ["generated", "mask over it"])
  }

  /// The layout of other columns.
  init(side: Int, headings: [String]) { (self.side, self.headings) = (side, headings) }

  private var pitch: Int { side + Self.gap }
  private var width: Int { headings.count * pitch - Self.gap }
  private func top(of row: Int) -> Int { Self.line + row * (Self.line + side) }

  /// Pixels of a sheet; rows and side are within reason.
  func area(rows: Int) -> Int { width * top(of: rows) }

  /// A sheet with nothing but its headings.
  func emptySheet(rows: Int) -> Image {
    var sheet = Image(width: width, height: top(of: rows), channels: 3, fill: 255)
    for (column, heading) in headings.enumerated() {
      PixelFont.write(heading, into: &sheet, x: column * pitch, y: Self.gap, width: side)
    }
    return sheet
  }

  /// Draws a row: a line of text, cut to the sheet's width, and images scaled into their cells, of which those
  /// of nil stay empty.
  func place(_ pictures: [Image?], under text: String, row: Int, into sheet: inout Image) {
    let y = top(of: row)
    PixelFont.write(text, into: &sheet, x: 0, y: y + Self.gap, width: width)
    for (column, picture) in pictures.enumerated() {
      guard let scaled = picture?.fitted(into: side) else { continue }
      sheet.paste(
        scaled, x: column * pitch + (side - scaled.width) / 2,
        y: y + Self.line + (side - scaled.height) / 2)
    }
  }
}

extension Image {
  /// The image at the size at which its longer side is `side` pixels.
  func fitted(into side: Int) -> Image {
    let longer = max(width, height)
    return resized(
      width: max(1, width * side / longer), height: max(1, height * side / longer), .lanczos)
  }
}
