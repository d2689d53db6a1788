import NeuralLayers
public import TensorCore

extension UNet2DConditionModel {
  /// How the network's products round their factors, as its weights were packed.
  public var precision: ProductPrecision { convOut.precision }
}
