public import Checkpoints
public import NeuralLayers

/// What the `config.json` says that `tools/convert.py` writes beside the weights of a ``FIDInceptionV3``: that it is
/// one, since there is one network of the kind.
public struct FIDInceptionConfiguration: ModelConfiguration, Equatable {
  /// The architecture that the file names.
  enum ClassName: String, OptionChoice, CaseIterable { case fidInceptionV3 = "FIDInceptionV3" }

  private var className = ClassName.fidInceptionV3

  /// The published network.
  public init() {}

  /// Every option of the file.
  public mutating func bind(to options: Options) throws {
    try options.bind("_class_name", &className)
  }

  /// There is nothing to compare.
  public func validate(in location: String) {}
}
