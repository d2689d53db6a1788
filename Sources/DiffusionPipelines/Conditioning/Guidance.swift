import DiffusionModels
package import Tensors

/// What the network is asked for each image of a batch, and how its answers are weighed.
///
///     ε = Σ weight · ε(branch)
///
/// One branch is no guidance. Two are classifier-free guidance; more compose several prompts.
///
/// Source: Ho and Salimans, "Classifier-Free Diffusion Guidance", arXiv 2207.12598; Liu et al., "Compositional
/// Visual Generation with Composable Diffusion Models", ECCV 2022, arXiv 2206.01714.
package struct Guidance: Sendable {
  /// One question, the same for all images of a batch but for the prompts.
  package struct Branch: Sendable {
    /// Weight of the answer; those of all branches add up to 1.
    let weight: Float
    /// One for each image.
    let prompts: [PromptEmbedding]
    /// SDXL's sizes, a row for each image.
    let timeIDs: [[Float]]
    /// Whether the question is one without image prompts and objects.
    let isUnconditional: Bool

    /// Asks for prompts.
    package init(
      weight: Float, prompts: [PromptEmbedding], timeIDs: [[Float]], isUnconditional: Bool = false
    ) {
      self.weight = weight
      self.prompts = prompts
      self.timeIDs = timeIDs
      self.isUnconditional = isUnconditional
    }
  }

  /// At least one, what is to be painted last. The network sees them in this order, in one batch.
  let branches: [Branch]

  /// Collects the branches.
  package init(branches: [Branch]) {
    precondition(!branches.isEmpty, "Guidance: there is no branch to ask")
    self.branches = branches
  }

  /// No guidance: the last branch alone, whatever its weight was.
  var unguided: Guidance {
    let prompt = branches[branches.count - 1]
    return Guidance(prompt.prompts, timeIDs: prompt.timeIDs)
  }

  /// The prompts' embeddings, `[B · N, 77, C]`.
  package var context: Tensor {
    .stack(samples: branches.flatMap { $0.prompts.map(\.context) })
  }

  /// SDXL's further conditions.
  var added: AddedConditions? {
    let pooled = branches.flatMap { $0.prompts.compactMap(\.pooled) }
    if pooled.isEmpty { return nil }
    return AddedConditions(
      textEmbeddings: .stack(samples: pooled), timeIDs: branches.flatMap(\.timeIDs))
  }

  /// What each sample that the network sees is told beside its prompt: for each branch in turn something for each
  /// image, or what stands for nothing.
  func perSample<Value>(_ values: [Value], absent: () -> Value) -> [Value] {
    let blank = branches.contains(where: \.isUnconditional) ? absent() : nil
    return branches.flatMap { branch in
      values.map { branch.isUnconditional ? blank ?? $0 : $0 }
    }
  }

  /// What a control network is told of a batch.
  ///
  /// - Parameter images: Its control images, `[N, height, width, C]`.
  func controlledBatch(_ images: Tensor) -> ControlledBatch {
    ControlledBatch(images: images, prompts: context, added: added)
  }

  /// Samples as every branch sees them, `[B · N, …]` of `[N, …]`.
  package func repeated(_ samples: Tensor) -> Tensor {
    samples.repeated(samples: branches.count * samples.shape[0])
  }

  /// Weighs the answers, `[N, …]` of `[B · N, …]`.
  package func combined(_ answers: Tensor) -> Tensor {
    if branches.count == 1 { return answers }
    let images = answers.shape[0] / branches.count
    return .combine(
      branches.enumerated().map { index, branch in
        (branch.weight, answers.samples(index * images..<(index + 1) * images))
      })
  }
}

extension Guidance {
  /// No guidance.
  init(_ prompts: [PromptEmbedding], timeIDs: [[Float]]) {
    self.init(branches: [Branch(weight: 1, prompts: prompts, timeIDs: timeIDs)])
  }

  /// Classifier-free guidance: from the negative prompt towards the prompt.
  ///
  ///     ε = ε₋ + scale · (ε₊ − ε₋)
  init(
    _ prompts: [PromptEmbedding], timeIDs: [[Float]], from negatives: [PromptEmbedding],
    timeIDs negativeTimeIDs: [[Float]], scale: Float
  ) {
    self.init(branches: [
      Branch(
        weight: 1 - scale, prompts: negatives, timeIDs: negativeTimeIDs, isUnconditional: true),
      Branch(weight: scale, prompts: prompts, timeIDs: timeIDs),
    ])
  }
}
