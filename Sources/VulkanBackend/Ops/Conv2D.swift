public import Tensors

/// `ProductArguments` in `product.slang`.
private struct ProductArguments {
  var window: Window
  var epilogue: Epilogue
  var weight: UInt64
  var rows, products: UInt32
}

extension VulkanBackend {
  /// Convolution and matrix product.
  public func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    multiply(
      x, weight, into: y, options, constants(x, weight, into: y, options),
      weight.kernelHeight * weight.kernelWidth == 1 ? "matmul" : "conv2D")
  }

  /// Runs the variant of the product that suits the device and the size.
  func multiply(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions,
    _ constants: Constants, _ operation: String
  ) {
    guard weight.device.backend === self, let packed = weight.storage as? VulkanStorage else {
      preconditionFailure(
        "\(operation): the weight was packed for \(weight.device), not for \(name)")
    }
    if y.shape.count == 0 { return }
    let added = [options.bias, options.shift, options.residual].compactMap { $0 }
    let work = Work(operation: operation, result: y.shape)
    let resident = resident(packed, work)
    let variant = products.variant(
      weight.precision, rows: y.shape.rows, outputs: weight.outputs, constants)
    var constants = constants
    constants.subgroupSize = variant.subgroupSize
    dispatch(
      variant.shader,
      ProductArguments(
        window: window(x, weight, into: y, options),
        epilogue: epilogue(y, outputs: weight.outputs, options),
        weight: resident.address, rows: UInt32(y.shape.rows),
        products: UInt32(weight.kernelHeight * weight.kernelWidth * weight.inputs)),
      variant.grid, constants,
      reads: [x.range, resident.range] + added.map(\.range), writes: [y.range], work)
  }

  /// A packed weight where a product reads it: of a streamed one a copy in the device's memory, which
  /// serves this product only and leaves its place to later work. What a recording packs is its own, and stays.
  private func resident(_ packed: VulkanStorage, _ work: Work) -> VulkanStorage {
    guard streamsWeights, packed.source === ownWeights else { return packed }
    let copy = scratch(packed.byteCount, work)
    encoder.copy(
      packed.block, at: packed.start, to: copy.block, at: copy.start,
      byteCount: packed.byteCount,
      Work(operation: "weight of \(work.operation)", result: work.result))
    return copy
  }

  func constants(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) -> Constants {
    precondition(
      x.dtype == .float32 || x.dtype == operandType(for: weight.precision, channels: x.shape[3]),
      "conv2D: operands of \(x.dtype) were given to products in \(weight.precision.rawValue)")
    let isWindow =
      weight.kernelHeight * weight.kernelWidth > 1 || options.stride > 1
      || options.padding != Padding() || options.enlargement != nil
    let added = [options.bias, options.shift, options.residual].compactMap { $0 }
    return Constants(
      inputs: x.dtype, result: y.dtype, readsEights: [x].haveEights,
      writesEights: ([y] + added).haveEights, isMatrix: !isWindow, dilation: options.dilation)
  }
}
