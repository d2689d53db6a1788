public import TensorCore

extension Conv2D {
  /// How the layer's products round their factors.
  public var precision: ProductPrecision { weight.precision }
}
