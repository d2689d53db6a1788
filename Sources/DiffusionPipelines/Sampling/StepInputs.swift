import Tensors

/// What a step is told, by name, and in the row in which a recording wants it.
struct StepInputs {
  /// `[N, h, w, C]`
  let latents: Tensor
  /// For each sample that the network sees.
  let timeFeatures: Tensor
  /// See ``NoiseSchedulers/SamplingPlan/coefficients(of:)``.
  let coefficients: Tensor
  /// See ``NoiseSchedulers/SamplingPlan/furtherTerms(denoised:outputs:noise:)``.
  let terms: [Tensor]
  /// Of each control that takes part.
  let controls: [[Tensor]]

  /// What an earlier step kept for this one.
  let kept: [Tensor]

  /// How many tensors each control gets, and how many were kept.
  var counts: [Int] { controls.map(\.count) + [kept.count] }

  /// All of them in a row.
  var row: [Tensor] {
    [latents, timeFeatures, coefficients] + controls.flatMap(\.self) + kept + terms
  }
}

extension StepInputs {
  /// Takes a row apart.
  ///
  /// - Parameter counts: How many tensors each control gets, and how many were kept; what is left are the terms.
  init(_ row: [Tensor], counts: [Int]) {
    var rest = row[3...]
    let parts = counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    self.init(
      latents: row[0], timeFeatures: row[1], coefficients: row[2], terms: Array(rest),
      controls: parts.dropLast(), kept: parts[parts.count - 1])
  }
}
