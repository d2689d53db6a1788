public import Foundation
import ImageFiles
import SegmentationDatasets

extension ConfusionMatrix {
  /// The matrix as an SVG file: as ``picture(cell:)`` has it, with the classes' names at rows and columns. Who points at an
  /// entry is told its share.
  public var svg: Data {
    let cell = 18.0
    let names = ids.map(classes.name)
    let margin = Double(names.map(\.count).max() ?? 0) * SVGDrawing.letter + 40
    let side = margin + Double(ids.count) * cell + 8
    var drawing = SVGDrawing(width: side, height: side)
    drawing.words("mask", x: 8, y: margin - 8)
    drawing.words("taken for", x: margin - 8, y: 16, anchor: .end)
    for (row, name) in names.enumerated() {
      let place = margin + Double(row) * cell
      drawing.words(name, x: margin - 8, y: place + cell - 5, anchor: .end)
      drawing.words(name, x: place + cell - 5, y: margin - 8, rises: true)
      let shares = shares(of: row)
      for (column, other) in names.enumerated() {
        drawing.rectangle(
          x: margin + Double(column) * cell, y: place, width: cell - 1, height: cell - 1,
          fill: shares.map { Self.shade($0[column]) } ?? Self.absent,
          note: shares.map { "\(name) taken for \(other): \(Self.percent($0[column])) %" }
            ?? "\(name): no pixel")
      }
    }
    return drawing.data
  }

  private static func percent(_ share: Double) -> Double { (share * 1000).rounded() / 10 }
}
