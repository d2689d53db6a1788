import ImageAnnotation
package import ImageFiles

/// How well images follow a mask, told without any model: how much of the gradient around the mask's
/// outlines lies on them, relative to the photograph that the mask was drawn for.
///
///     fit = (share(image) − chance) / (share(photograph) − chance)
///     share = Σ |∇| on outlines / Σ |∇| around them        chance = pixels on / pixels around
///
/// 1 is an image that changes where its mask does as clearly as the photograph, 0 one that knows nothing
/// of the mask, such as noise. `Benchmarks/Results/fit.md` compares this with other forms.
package struct MaskFit: Sendable {
  /// How far outlines reach, and what is around them, in parts of the shorter side: 2 and 21 pixels of
  /// 512. Masks are drawn by hand, and VOC's have a rim of 255 as wide as that.
  private static let reach = (on: 192, around: 24)

  /// What the photograph's share has to be above chance: below, it does not follow its mask itself.
  private static let leastClarity = 0.02

  private let isOn, isAround: [Bool]
  private let chance: Double
  /// The photograph's share above chance.
  private let clarity: Double

  /// Measures a photograph at the size that is painted.
  ///
  /// - Parameters:
  ///   - photograph: The photograph.
  ///   - labels: Its labels, at its size.
  /// - Returns: nil when nothing can be compared, since the photograph has no edges along its mask.
  package init?(photograph: Image, labels: LabelImage) {
    let outlines = labels.edges()
    let shorter = min(labels.width, labels.height)
    isOn = outlines.marks(within: shorter / Self.reach.on)
    isAround = outlines.marks(within: shorter / Self.reach.around)
    chance = Double(isOn.count { $0 }) / Double(max(1, isAround.count { $0 }))
    clarity = (Self.share(of: photograph, isOn, isAround) ?? 0) - chance
    if clarity < Self.leastClarity { return nil }
  }

  /// The fit of an image of the same size, to three decimal places; 0 for one without any gradient
  /// around the outlines.
  package func callAsFunction(_ picture: Image) -> Double {
    let fit = ((Self.share(of: picture, isOn, isAround) ?? chance) - chance) / clarity
    return (fit * 1000).rounded() / 1000
  }

  /// The memory that it takes, about.
  var byteCount: Int { isOn.count + isAround.count }

  private static func share(of picture: Image, _ isOn: [Bool], _ isAround: [Bool]) -> Double? {
    let gradients = SobelGradients(of: picture)
    var (on, around) = (0, 0)
    for pixel in isAround.indices where isAround[pixel] {
      let magnitude = gradients.magnitude(pixel % picture.width, pixel / picture.width)
      around += magnitude
      if isOn[pixel] { on += magnitude }
    }
    return around > 0 ? Double(on) / Double(around) : nil
  }
}

extension Image {
  /// Which pixels lie within a square of `radius` pixels to all sides of one that is not black.
  fileprivate func marks(within radius: Int) -> [Bool] {
    var marks = pixels.map { $0 > 0 }
    for y in 0..<height { widen(&marks, from: y * width, by: 1, count: width, radius) }
    for x in 0..<width { widen(&marks, from: x, by: width, count: height, radius) }
    return marks
  }

  /// Marks what lies within `radius` of a mark on a line, looking back from both of its ends.
  private func widen(
    _ marks: inout [Bool], from start: Int, by step: Int, count: Int, _ radius: Int
  ) {
    let line = (0..<count).map { marks[start + $0 * step] }
    for positions in [Array(0..<count), (0..<count).reversed()] {
      var last: Int?
      for position in positions {
        if line[position] { last = position }
        if let last, abs(position - last) <= radius { marks[start + position * step] = true }
      }
    }
  }
}
