public import Tensors

extension VulkanBackend {
  /// Matrix product with a gate, in one pass where the outputs are whole eights.
  public func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    let options = Conv2DOptions(bias: bias)
    guard ([y] + [bias].compactMap { $0 }).haveEights else {
      return geglu(x.matmul(weight, MatmulOptions(bias: bias)), into: y)
    }
    let (rows, result) = (x.asPixels, y.asPixels)
    var constants = constants(rows, weight, into: result, options)
    constants.isGated = true
    multiply(rows, weight, into: result, options, constants, "gatedMatmul")
  }
}

extension Tensor {
  /// Its rows as the pixels of one line.
  fileprivate var asPixels: Tensor { reshaped([1, 1, shape.rows, shape[-1]]) }
}
