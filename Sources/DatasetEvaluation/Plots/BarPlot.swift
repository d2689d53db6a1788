public import Foundation
import ImageFiles

/// Bars of one or several measures for each of some things, between 0 and 1, with the means as dashed lines.
public struct BarPlot: Sendable {
  /// What is measured of each thing.
  public struct Measure: Sendable {
    /// What the legend calls it.
    public let name: String
    /// By thing; nil where there is none.
    public let values: [Double?]
    /// Over all things; nil for none.
    public let mean: Double?

    /// Names values.
    public init(_ name: String, values: [Double?], mean: Double?) {
      (self.name, self.values, self.mean) = (name, values, mean)
    }
  }

  private static let colours = [RGB(31, 119, 180), RGB(255, 158, 74), RGB(103, 191, 92)]
  private static let grey = RGB(200, 200, 200)
  /// The lengths of the drawing's parts, in pixels.
  private static let (axis, bar, gap, head, foot, right) = (480.0, 9.0, 8.0, 64.0, 44.0, 40.0)

  private let title, unit: String
  private let things: [String]
  private let measures: [Measure]

  /// Describes a plot.
  ///
  /// - Parameters:
  ///   - title: What stands above it.
  ///   - unit: What stands below the axis.
  ///   - things: The names of the rows, from above.
  ///   - measures: At most three, each with a value for each thing.
  public init(title: String, unit: String, things: [String], measures: [Measure]) {
    precondition(
      measures.allSatisfy { $0.values.count == things.count }
        && measures.count <= Self.colours.count,
      "BarPlot: \(measures.map(\.values.count)) values for \(things.count) things")
    (self.title, self.unit, self.things, self.measures) = (title, unit, things, measures)
  }

  /// The plot as an SVG file.
  public var svg: Data {
    let left = Double(things.map(\.count).max() ?? 0) * SVGDrawing.letter + 16
    let row = Double(measures.count) * Self.bar + Self.gap
    let bottom = Self.head + Double(things.count) * row
    var drawing = SVGDrawing(width: left + Self.axis + Self.right, height: bottom + Self.foot)
    drawing.words(title, x: left, y: 18)
    drawing.words(unit, x: left + Self.axis / 2, y: bottom + 36, anchor: .middle)
    drawTicks(on: &drawing, left: left, bottom: bottom)
    for (place, thing) in things.enumerated() {
      let top = Self.head + Double(place) * row
      drawing.words(thing, x: left - 8, y: top + row / 2 + 4, anchor: .end)
      drawBars(of: place, thing, on: &drawing, left: left, top: top + Self.gap / 2)
    }
    drawLegend(on: &drawing, left: left, bottom: bottom)
    return drawing.data
  }

  private func drawTicks(on drawing: inout SVGDrawing, left: Double, bottom: Double) {
    for tick in 0...5 {
      let x = left + Self.axis * Double(tick) / 5
      drawing.line(from: (x, Self.head), to: (x, bottom + 4), stroke: Self.grey)
      drawing.words("\(Double(2 * tick) / 10)", x: x, y: bottom + 18, anchor: .middle)
    }
  }

  private func drawBars(
    of place: Int, _ thing: String, on drawing: inout SVGDrawing, left: Double, top: Double
  ) {
    for (index, measure) in measures.enumerated() {
      guard let value = measure.values[place] else { continue }
      drawing.rectangle(
        x: left, y: top + Double(index) * Self.bar, width: Self.axis * value, height: Self.bar - 1,
        fill: Self.colours[index], note: "\(thing): \(measure.name) \(Self.text(value))")
    }
  }

  /// The names of the measures beside their colours, and a line through all rows at each mean.
  private func drawLegend(on drawing: inout SVGDrawing, left: Double, bottom: Double) {
    var x = left
    for (index, measure) in measures.enumerated() {
      let name = measure.name + (measure.mean.map { ", mean \(Self.text($0))" } ?? "")
      drawing.rectangle(x: x, y: 32, width: 12, height: 12, fill: Self.colours[index])
      drawing.words(name, x: x + 18, y: 42)
      x += Double(name.count) * SVGDrawing.letter + 36
      guard let mean = measure.mean else { continue }
      let place = left + Self.axis * mean
      drawing.line(
        from: (place, Self.head - 8), to: (place, bottom), stroke: Self.colours[index].darker,
        isDashed: true)
    }
  }

  private static func text(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension RGB {
  fileprivate var darker: RGB {
    RGB(UInt8(Int(red) * 3 / 5), UInt8(Int(green) * 3 / 5), UInt8(Int(blue) * 3 / 5))
  }
}
