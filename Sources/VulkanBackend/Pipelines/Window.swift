import Tensors

/// `Window` in `window.slang`.
struct Window {
  var x: UInt64
  var height, width, channels, largeHeight, largeWidth: UInt32
  var rowScale, columnScale: Float
  var outHeight, outWidth, kernelWidth, top, left, step: UInt32
}

/// `Epilogue` in `epilogue.slang`.
struct Epilogue {
  var y, bias, shift, residual: UInt64
  var outputs, parts: UInt32
}

extension VulkanBackend {
  /// Where a convolution reads.
  func window(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) -> Window {
    let (height, width) = (x.shape[1], x.shape[2])
    let large = options.enlargement ?? MapSize(height: height, width: width)
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

  /// What happens to its sums.
  func epilogue(_ y: Tensor, outputs: Int, _ options: Conv2DOptions) -> Epilogue {
    func bit(_ tensor: Tensor?, _ position: UInt32) -> UInt32 { tensor == nil ? 0 : 1 << position }
    return Epilogue(
      y: y.address(y.dtype), bias: options.bias?.address() ?? 0,
      shift: options.shift?.address() ?? 0,
      residual: options.residual?.address() ?? 0, outputs: UInt32(outputs),
      parts: bit(options.bias, 0) | bit(options.shift, 1) | bit(options.residual, 2)
        | options.activation.code << 8)
  }
}
