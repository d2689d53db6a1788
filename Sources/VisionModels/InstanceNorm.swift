import Tensors

extension Tensor {
  /// Normalises each channel of each sample, without scale and shift.
  ///
  /// Source: Ulyanov, Vedaldi and Lempitsky, "Instance Normalization", arXiv 1607.08022.
  func instanceNorm(activation: Activation = .identity) -> Tensor {
    groupNorm(groups: shape[3], epsilon: 1e-5, activation: activation)
  }
}
