import Faults
import ImageFiles
import Tensors
import VisionModels

/// The masks that a network found in an image, looked through as transformers does.
struct PredictedMasks {
  let output: MaskFormerOutput
  /// The network's, for messages.
  let place: String

  /// - Parameters:
  ///   - output: Of one image.
  ///   - place: The network's, for messages.
  init(_ output: MaskFormerOutput, from place: String) {
    precondition(
      output.maskLogits.shape[0] == 1,
      "PredictedMasks: masks \(output.maskLogits.shape) of more than one image")
    (self.output, self.place) = (output, place)
  }

  /// How probable each class of a query is, none left out, `[1, Q, classes]`.
  var probabilities: Tensor {
    let all = output.classLogits.softmax()
    return all.channels(0..<all.shape[2] - 1)
  }

  /// How well each class fits each place: the masks, each with the probability of the class.
  ///
  /// Source: `post_process_semantic_segmentation` of transformers.
  ///
  /// - Parameter side: Side of the maps that masks are brought to, whatever the image's shape is; nil to leave them.
  /// - Throws: ``SegmentationError`` for scores that are not finite.
  func scores(side: Int?) throws -> ClassScores {
    let weights = probabilities.transposed()
    let matrix = weights.reshaped([weights.shape[1], weights.shape[2]])
    return try ClassScores(
      masks(side: side).map(.sigmoid).matmul(PackedWeight(matrix: matrix)), from: place)
  }

  /// The scores of each pixel, `[1, h, w, Q]`.
  func masks(side: Int?) -> Tensor {
    guard let side else { return output.maskLogits }
    return output.maskLogits.resize(to: MapSize(height: side, width: side), .bilinear)
  }

  /// Pairs of masks and classes, as many as there are masks, the most probable first.
  func pairs() throws -> [Pair] {
    let shares = probabilities
    let (values, queries, classes) = (shares.floats(), shares.shape[1], shares.shape[2])
    try shares.device.check()
    guard values.allSatisfy(\.isFinite) else { throw notFinite }
    return values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }.prefix(queries).map {
      Pair(query: $0 / classes, classID: $0 % classes, probability: values[$0])
    }
  }

  /// A mask, and a class that it may have.
  struct Pair {
    let query, classID: Int
    let probability: Float
  }

  var notFinite: SegmentationError {
    SegmentationError(
      .badData, "\(place): the network gave scores that are not finite. Check its weights.")
  }
}
