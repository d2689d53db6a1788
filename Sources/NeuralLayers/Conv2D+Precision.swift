public import Tensors

extension Conv2D {
  /// How the layer's products round their operands.
  public var precision: ProductPrecision { weight.precision }
}
