import NeuralLayers
public import Tensors

extension UNet2DConditionModel {
  /// How the network's products round their operands, as the weights of its blocks were packed.
  public var precision: ProductPrecision { midBlock.resnets[0].conv1.precision }
}
