import Faults
public import ImageFiles
import Tensors

/// How well each class fits each place of an image, at the size that a network looked at.
public struct ClassScores: Sendable {
  /// Places a row, and rows.
  public let width, height: Int
  /// Number of classes.
  public let classes: Int
  /// `[height, width, classes]`
  let values: [Float]

  /// Takes scores from a device.
  ///
  /// - Parameters:
  ///   - scores: `[1, height, width, classes]`.
  ///   - place: The network's, for messages.
  /// - Throws: ``SegmentationError`` for scores that are not finite, and for more classes than a mask has ids.
  init(_ scores: Tensor, from place: String) throws {
    precondition(
      scores.shape.rank == 4 && scores.shape[0] == 1,
      "ClassScores: \(scores.shape) is not [1, height, width, classes]")
    let values = scores.floats()
    try scores.device.check()
    try self.init(
      values, width: scores.shape[2], height: scores.shape[1], classes: scores.shape[3],
      from: place)
  }

  /// Takes scores of the host.
  ///
  /// - Parameters:
  ///   - values: `[height, width, classes]`.
  ///   - place: The network's, for messages.
  /// - Throws: As ``init(_:from:)``.
  init(_ values: [Float], width: Int, height: Int, classes: Int, from place: String) throws {
    (self.width, self.height, self.classes, self.values) = (width, height, classes, values)
    guard classes <= 255 else {
      throw SegmentationError(
        .badData, "\(place): \(classes) classes, but a mask has ids for 255.")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw SegmentationError(
        .badData,
        "\(place): the network gave scores that are not finite. Check its weights.")
    }
  }

  /// The class with the highest score at every pixel of an image, between places bilinearly, as transformers'
  /// `post_process_semantic_segmentation`.
  public func labels(width: Int, height: Int) -> LabelImage {
    let columns = Self.taps(from: self.width, to: width)
    var ids: [UInt8] = []
    ids.reserveCapacity(width * height)
    for row in Self.taps(from: self.height, to: height) {
      let line = self.line(row)
      for column in columns { ids.append(best(in: line, column)) }
    }
    return LabelImage(width: width, height: height, ids: ids)
  }

  /// How many pixels of an image have a score of each class that is high enough, between places bilinearly.
  func counts(atLeast least: Float, width: Int, height: Int) -> [Int] {
    let columns = Self.taps(from: self.width, to: width)
    var counts = [Int](repeating: 0, count: classes)
    for row in Self.taps(from: self.height, to: height) {
      let line = self.line(row)
      for column in columns {
        for id in 0..<classes where score(of: id, in: line, column) >= least { counts[id] += 1 }
      }
    }
    return counts
  }

  /// A row between two rows, `[width, classes]`.
  private func line(_ tap: Tap) -> [Float] {
    let count = width * classes
    let (upper, lower) = (tap.first * count, tap.second * count)
    return (0..<count).map {
      values[upper + $0] + tap.share * (values[lower + $0] - values[upper + $0])
    }
  }

  private func best(in line: [Float], _ tap: Tap) -> UInt8 {
    var (best, highest) = (0, -Float.infinity)
    for id in 0..<classes {
      let score = score(of: id, in: line, tap)
      if score > highest { (best, highest) = (id, score) }
    }
    return UInt8(best)
  }

  private func score(of id: Int, in line: [Float], _ tap: Tap) -> Float {
    let (left, right) = (line[tap.first * classes + id], line[tap.second * classes + id])
    return left + tap.share * (right - left)
  }

  /// Two neighbours, and how near the second is.
  private struct Tap {
    let first, second: Int
    let share: Float
  }

  /// Where the centres of new pixels are among the old ones'.
  private static func taps(from old: Int, to new: Int) -> [Tap] {
    (0..<new).map { pixel in
      let centre = max((Float(pixel) + 0.5) * Float(old) / Float(new) - 0.5, 0)
      let first = min(Int(centre), old - 1)
      return Tap(first: first, second: min(first + 1, old - 1), share: centre - Float(first))
    }
  }
}
