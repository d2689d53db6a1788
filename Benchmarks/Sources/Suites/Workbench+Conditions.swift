import DiffusionModels
import Tensors

extension Workbench {
  /// What SDXL is told besides the prompt; nil for the others.
  func added(_ configuration: UNetConfiguration, samples count: Int, side: Int) -> AddedConditions?
  {
    let size = [Float(side), Float(side), 0, 0, Float(side), Float(side)]
    return configuration.additionEmbedType.map { _ in
      AddedConditions(
        textEmbeddings: samples([count, 1280]), timeIDs: [[Float]](repeating: size, count: count))
    }
  }
}
