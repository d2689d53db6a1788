import ImageFiles
import Tensors
import VisionModels

extension PredictedMasks {
  /// The objects that the masks are, of which each pixel has one at most: that whose mask, times its class's probability,
  /// is highest there. An object that loses much of its mask to others is left out.
  ///
  /// Source: `OneFormerImageProcessor.post_process_instance_segmentation` of transformers.
  ///
  /// - Parameters:
  ///   - size: The image's.
  ///   - threshold: What the class's probability must be above.
  /// - Returns: The surest first.
  /// - Throws: ``SegmentationError`` for scores that are not finite, and for more than 255 objects.
  func exclusiveInstances(size: ImageSize, threshold: Float) throws -> [Instance] {
    let pairs = try pairs().filter { $0.probability > threshold }
    guard !pairs.isEmpty else { return [] }
    let queries = output.maskLogits.shape[3]
    var weights = [Float](repeating: 0, count: pairs.count * queries)
    for (row, pair) in pairs.enumerated() { weights[row * queries + pair.query] = pair.probability }
    let matrix = Tensor(weights, [pairs.count, queries], on: output.maskLogits.device)
    let scores = try ClassScores(
      output.maskLogits.matmul(PackedWeight(matrix: matrix)), from: place)
    let labels = scores.labels(width: size.width, height: size.height)
    let wholes = scores.counts(atLeast: Self.leastScore, width: size.width, height: size.height)
    return zip(pairs, wholes).enumerated().compactMap { number, found in
      let (pair, whole) = found
      let mask = RunLengthMask(width: size.width, height: size.height) { x, y in
        Int(labels.ids[y * size.width + x]) == number
      }
      guard whole > 0, Double(mask.area) / Double(whole) > Self.leastShare, mask.area > 0 else {
        return nil
      }
      return Instance(classID: pair.classID, score: pair.probability, mask: mask)
    }
  }

  /// From which score on a pixel belongs to a mask, whatever the others' are.
  private static let leastScore: Float = 0.5
  /// What share of its pixels an object must keep more than.
  private static let leastShare = 0.8
}
