/// One convolution, or a matrix product as a 1×1 convolution, over raw memory.
///
/// Legend: N samples, H×W pixels, C input channels, K = kernelHeight·kernelWidth·C products a result,
/// M = N·outHeight·outWidth result rows.
package struct ConvolutionArguments: @unchecked Sendable {
  /// `[N, H, W, C]`.
  package var x: UnsafePointer<Float>
  /// Packed by the same table's `pack`.
  package var weight: UnsafePointer<Word>
  package var operands: ProductOperands
  /// `[N, outHeight, outWidth, outputs]`.
  package var y: UnsafeMutablePointer<Float>
  package var samples, height, width, channels: Int
  package var outHeight, outWidth, outputs: Int
  package var kernelHeight, kernelWidth: Int
  package var stride, dilation, top, left: Int
  /// Whether pixels outside are mirrored ones instead of zeros.
  package var reflects: Bool
  package var epilogue: Epilogue
  /// Whether the weight has values and gates, `outputs` of each, and the result is
  /// `(v + bias) · gelu(g + bias)`; for a 1×1 window, without the rest of the epilogue.
  package var isGated = false
  /// Whether windows of Winograd's form read the map as if each of its pixels were four.
  package var isEnlarged = false
  /// Where the result's pixels go when they are every second one of a larger map.
  package var parity: Parity?

  package init(
    x: UnsafePointer<Float>, weight: UnsafePointer<Word>, operands: ProductOperands,
    y: UnsafeMutablePointer<Float>, samples: Int, height: Int, width: Int, channels: Int,
    outHeight: Int, outWidth: Int, outputs: Int, kernelHeight: Int, kernelWidth: Int,
    stride: Int, dilation: Int, top: Int, left: Int, reflects: Bool, epilogue: Epilogue
  ) {
    (self.x, self.weight, self.operands, self.y) = (x, weight, operands, y)
    (self.samples, self.height, self.width, self.channels) = (samples, height, width, channels)
    (self.outHeight, self.outWidth, self.outputs) = (outHeight, outWidth, outputs)
    (self.kernelHeight, self.kernelWidth) = (kernelHeight, kernelWidth)
    (self.stride, self.dilation) = (stride, dilation)
    (self.top, self.left, self.reflects) = (top, left, reflects)
    self.epilogue = epilogue
  }

  /// The row of `y` that receives result row `row`.
  @inlinable
  package func target(of row: Int) -> Int {
    guard let parity else { return row }
    let (line, column) = (row / outWidth, row % outWidth)
    return (2 * line + parity.y) * 2 * outWidth + 2 * column + parity.x
  }

  /// M, the rows of the result.
  package var rows: Int { samples * outHeight * outWidth }
  /// Pixels of the window.
  package var taps: Int { kernelHeight * kernelWidth }
  /// K, the products summed for one result.
  package var depth: Int { taps * channels }
}

/// The pixels `(2·h + y, 2·w + x)` of a map of twice the size.
package struct Parity: Sendable {
  package var y, x: Int

  package init(y: Int, x: Int) { (self.y, self.x) = (y, x) }

  package static let all = [
    Parity(y: 0, x: 0), Parity(y: 0, x: 1), Parity(y: 1, x: 0), Parity(y: 1, x: 1),
  ]
}

/// What happens to a result before it is stored: `act(v + bias + shift) + residual`.
package struct Epilogue: @unchecked Sendable {
  /// `[outputs]`.
  package var bias: UnsafePointer<Float>?
  /// `[N, outputs]`.
  package var shift: UnsafePointer<Float>?
  /// Of the result's shape.
  package var residual: UnsafePointer<Float>?
  package var activation: ActivationCode

  package init(
    bias: UnsafePointer<Float>? = nil, shift: UnsafePointer<Float>? = nil,
    residual: UnsafePointer<Float>? = nil, activation: ActivationCode = .identity
  ) {
    (self.bias, self.shift, self.residual) = (bias, shift, residual)
    self.activation = activation
  }
}

/// The activations, in the order of their names in Tensors.
package enum ActivationCode: Int, Sendable {
  case identity, silu, gelu, quickGELU, relu, sigmoid, exponential
}
