public import Tensors

/// What SDXL is told besides the prompt's tokens.
public struct AddedConditions: Sendable {
  /// Pooled and projected prompt of the second text encoder, `[N, 1280]`.
  public let textEmbeddings: Tensor
  /// For each sample the original height and width, the crop's top and left, and the target height
  /// and width, in pixels.
  public let timeIDs: [[Float]]

  /// Collects the conditions of a batch.
  public init(textEmbeddings: Tensor, timeIDs: [[Float]]) {
    precondition(
      textEmbeddings.shape.rank == 2 && textEmbeddings.shape[0] == timeIDs.count,
      "AddedConditions: \(timeIDs.count) rows of time ids for text of \(textEmbeddings.shape)")
    self.textEmbeddings = textEmbeddings
    self.timeIDs = timeIDs
  }

  /// The conditions of some consecutive samples.
  public func samples(_ range: Range<Int>) -> AddedConditions {
    AddedConditions(textEmbeddings: textEmbeddings.samples(range), timeIDs: Array(timeIDs[range]))
  }
}
