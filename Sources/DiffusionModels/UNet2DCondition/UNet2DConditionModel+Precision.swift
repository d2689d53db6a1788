import NeuralLayers
public import Tensors

extension UNet2DConditionModel {
  /// How the network's products round their operands, as its weights were packed.
  public var precision: ProductPrecision { convOut.precision }
}
