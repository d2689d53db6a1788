public import Tensors

/// `ProductArguments` in `product.slang`.
private struct ProductArguments {
  var window: Window
  var epilogue: Epilogue
  var weight: UInt64
  var rows, products: UInt32
}

/// `JoinArguments` in `join_products.slang`.
private struct JoinArguments {
  var epilogue: Epilogue
  var parts: UInt64
  var rows, sampleRows: UInt32
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
    let count = weight.kernelHeight * weight.kernelWidth * weight.inputs
    let variant = products.variant(
      weight.precision, into: y.shape, outputs: weight.outputs, products: count, constants)
    var constants = constants
    (constants.subgroupSize, constants.splits) = (variant.subgroupSize, variant.splits)
    let parts = variant.splits > 1 ? scratch(variant.splits * y.shape.count * 4, work) : nil
    let epilogue = epilogue(y, outputs: weight.outputs, options)
    var sums = epilogue
    sums.y = parts?.address ?? epilogue.y
    let reads = [resident.range] + added.map(\.range)
    dispatch(
      variant.shader,
      ProductArguments(
        window: window(x, weight, into: y, options), epilogue: sums, weight: resident.address,
        rows: UInt32(y.shape.rows), products: UInt32(count)),
      variant.grid, constants, reads: reads + [x.range], writes: [parts?.range ?? y.range], work)
    guard let parts else { return }
    dispatch(
      "joinProducts",
      JoinArguments(
        epilogue: epilogue, parts: parts.address, rows: UInt32(y.shape.rows),
        sampleRows: UInt32(y.shape[1] * y.shape[2])),
      Grid(elements: y.shape.count / 8), constants, reads: reads + [parts.range],
      writes: [y.range], work)
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
    let added = [options.bias, options.shift, options.residual].compactMap { $0 }
    return Constants(
      inputs: x.dtype, result: y.dtype, readsEights: [x].haveEights,
      writesEights: ([y] + added).haveEights, isMatrix: weight.isMatrix(options),
      dilation: options.dilation)
  }
}

extension PackedWeight {
  /// Whether a convolution with it is a matrix product: one tap over rows that follow each other.
  func isMatrix(_ options: Conv2DOptions) -> Bool {
    kernelHeight * kernelWidth == 1 && options.stride == 1 && options.padding == Padding()
      && options.enlargement == nil
  }
}
