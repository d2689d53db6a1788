public import Checkpoints
public import Tensors

/// The function between the two matrices of a transformer's layer, as transformers' `hidden_act` names it.
public enum HiddenActivation: String, OptionChoice, Sendable, CaseIterable {
  /// x · sigmoid(1.702 x), in OpenAI's CLIP.
  case quickGELU = "quick_gelu"
  /// x · Φ(x), in OpenCLIP.
  case gelu

  /// The function.
  public var activation: Activation { self == .gelu ? .gelu : .quickGELU }
}
