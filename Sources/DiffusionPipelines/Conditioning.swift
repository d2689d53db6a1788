import DiffusionModels
import TensorCore

/// What the UNet is told in every step, for a whole batch.
///
/// With guidance the negative half of the batch comes first.
struct Conditioning: Sendable {
  /// `[N, 77, C]`, or `[2N, 77, C]` with guidance.
  let context: Tensor
  /// SDXL's further conditions.
  let added: AddedConditions?
  /// The adapter's features, scaled, `[N, …]`; both halves of the batch share them.
  let adapterFeatures: [Tensor]

  /// Collects the embeddings of a batch.
  ///
  /// - Parameters:
  ///   - positives: One for each picture.
  ///   - negatives: One for each picture, or none without guidance.
  ///   - timeIDs: SDXL's size conditioning, one row for each picture.
  ///   - negativeTimeIDs: The same for the negative prompts.
  ///   - adapterFeatures: The adapter's features, scaled.
  init(
    positives: [PromptEmbedding], negatives: [PromptEmbedding], timeIDs: [[Float]],
    negativeTimeIDs: [[Float]], adapterFeatures: [Tensor]
  ) {
    let all = negatives + positives
    context = .stack(samples: all.map(\.context))
    let pooled = all.compactMap(\.pooled)
    added =
      pooled.isEmpty
      ? nil
      : AddedConditions(
        textEmbeddings: .stack(samples: pooled),
        timeIDs: negatives.isEmpty ? timeIDs : negativeTimeIDs + timeIDs)
    self.adapterFeatures = adapterFeatures
  }
}
