public import TensorCore

/// `Window` in `window.slang`.
private struct Window {
  var x: UInt64
  var height, width, channels, largeHeight, largeWidth: UInt32
  var rowScale, columnScale: Float
  var outHeight, outWidth, kernelWidth, top, left, step: UInt32
}

/// `Epilogue` in `epilogue.slang`.
private struct Epilogue {
  var y, bias, shift, residual: UInt64
  var outputs, parts: UInt32
}

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

  /// Gates are applied by the product itself.
  public var fusesGates: Bool { true }

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

  /// Runs the variant of the product that suits the device and the size.
  private func multiply(
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
  /// serves this product only and leaves its place to later work.
  private func resident(_ packed: VulkanStorage, _ work: Work) -> VulkanStorage {
    if packed.block.kind == .device { return packed }
    let copy = scratch(packed.byteCount, work)
    encoder.copy(
      packed.block, at: packed.start, to: copy.block, at: copy.start,
      byteCount: packed.byteCount,
      Work(operation: "weight of \(work.operation)", result: work.result))
    return copy
  }

  private func constants(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) -> Constants {
    precondition(
      x.dtype == .float32 || x.dtype == factorType(for: weight.precision, channels: x.shape[3]),
      "conv2D: factors of \(x.dtype) were given to products in \(weight.precision.rawValue)")
    let isWindow =
      weight.kernelHeight * weight.kernelWidth > 1 || options.stride > 1
      || options.padding != Padding() || options.enlargement != nil
    let added = [options.bias, options.shift, options.residual].compactMap { $0 }
    return Constants(
      inputs: x.dtype, result: y.dtype, readsEights: [x].haveEights,
      writesEights: ([y] + added).haveEights, isMatrix: !isWindow)
  }

  private func window(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) -> Window {
    let (height, width) = (x.shape[1], x.shape[2])
    let large = options.enlargement ?? Conv2DOptions.Size(height: height, width: width)
    let reflects = options.padding.mode == .reflect
    return Window(
      x: x.address(x.dtype), height: UInt32(height), width: UInt32(width),
      channels: UInt32(x.shape[3]),
      largeHeight: UInt32(large.height), largeWidth: UInt32(large.width),
      // Divided here: a device may round quotients in its own way.
      rowScale: Float(height) / Float(large.height),
      columnScale: Float(width) / Float(large.width),
      outHeight: UInt32(y.shape[1]), outWidth: UInt32(y.shape[2]),
      kernelWidth: UInt32(weight.kernelWidth), top: UInt32(options.padding.top),
      left: UInt32(options.padding.left), step: UInt32(options.stride) | (reflects ? 1 << 31 : 0))
  }

  private func epilogue(_ y: Tensor, outputs: Int, _ options: Conv2DOptions) -> Epilogue {
    func bit(_ tensor: Tensor?, _ position: UInt32) -> UInt32 { tensor == nil ? 0 : 1 << position }
    return Epilogue(
      y: y.address(y.dtype), bias: options.bias?.address() ?? 0,
      shift: options.shift?.address() ?? 0,
      residual: options.residual?.address() ?? 0, outputs: UInt32(outputs),
      parts: bit(options.bias, 0) | bit(options.shift, 1) | bit(options.residual, 2)
        | options.activation.code << 8)
  }
}

extension Tensor {
  /// Its rows as the pixels of one line.
  fileprivate var asPixels: Tensor { reshaped([1, 1, shape.rows, shape[-1]]) }
}
