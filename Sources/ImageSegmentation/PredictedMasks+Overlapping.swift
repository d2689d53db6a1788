import Foundation
import ImageFiles
import Tensors
import VisionModels

extension PredictedMasks {
  /// The objects that the masks are, which may overlap: those of the most probable pairs of mask and class that are sure
  /// enough.
  ///
  /// Source: `Mask2FormerImageProcessor.post_process_instance_segmentation` of transformers.
  ///
  /// - Parameters:
  ///   - side: Side of the maps that masks are brought to first.
  ///   - size: The image's.
  ///   - threshold: How sure an object must be, the class's probability times the mask's.
  /// - Returns: The surest first.
  /// - Throws: ``SegmentationError`` for scores that are not finite.
  func overlappingInstances(side: Int, size: ImageSize, threshold: Float) throws -> [Instance] {
    let masks = masks(side: side)
    let pixels = MaskPixels(masks.floats(), queries: masks.shape[3], side: side)
    try masks.device.check()
    guard pixels.areFinite else { throw notFinite }
    return try pairs().compactMap { pair -> Instance? in
      // A mask's share is at most 1.
      guard pair.probability >= threshold else { return nil }
      let score = pair.probability * pixels.meanProbability(of: pair.query)
      guard score >= threshold else { return nil }
      let mask = pixels.mask(of: pair.query, size)
      return mask.area == 0 ? nil : Instance(classID: pair.classID, score: score, mask: mask)
    }.sorted { $0.score > $1.score }
  }
}

/// The masks' scores on the host.
private struct MaskPixels {
  /// `[side, side, queries]`
  private let scores: [Float]
  private let queries, side: Int

  init(_ scores: [Float], queries: Int, side: Int) {
    (self.scores, self.queries, self.side) = (scores, queries, side)
  }

  var areFinite: Bool { scores.allSatisfy(\.isFinite) }

  /// How sure a mask's pixels are that they belong to it.
  func meanProbability(of query: Int) -> Float {
    var (sum, count) = (0.0, 0.0)
    for place in stride(from: query, to: scores.count, by: queries) where scores[place] > 0 {
      sum += 1 / (1 + exp(-Double(scores[place])))
      count += 1
    }
    return Float(sum / (count + 1e-6))
  }

  /// A mask at the image's size, each pixel taken from the nearest one.
  func mask(of query: Int, _ size: ImageSize) -> RunLengthMask {
    let (columns, rows) = (nearest(size.width), nearest(size.height))
    return RunLengthMask(width: size.width, height: size.height) { x, y in
      scores[(rows[y] * side + columns[x]) * queries + query] > 0
    }
  }

  /// The pixel that each of `count` is taken from, with PyTorch's rounding.
  private func nearest(_ count: Int) -> [Int] {
    let scale = Float(side) / Float(count)
    return (0..<count).map { min(Int(Float($0) * scale), side - 1) }
  }
}
