import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Convolution and matrix product.
  public func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    let stored = self.stored(weight)
    if y.shape.count == 0 { return }
    if let size = options.enlargement {
      if readsSmallMap(x, weight, options, size) {
        return convolveEnlarged(x, weight, into: y, options)
      }
      var plain = options
      plain.enlargement = nil
      return conv2D(
        x.resize(to: size, .nearest), weight, into: y, plain)
    }
    let arguments = arguments(x, weight, stored.words, into: y, options)
    if let blas, weight.precision == .float32 {
      convolve(arguments, blas)
    } else if takesWinograd(weight, options, arguments) {
      convolveWinograd(arguments, stored, weight.precision)
    } else if let integers = IntegerPrecision(weight.precision) {
      convolve(arguments, stored, as: integers)
    } else {
      convolve(arguments)
    }
  }

  /// A convolution as the kernels see it, with a weight as they read it.
  func arguments(
    _ x: Tensor, _ weight: PackedWeight, _ packed: UnsafePointer<Word>, into y: Tensor,
    _ options: Conv2DOptions
  ) -> ConvolutionArguments {
    ConvolutionArguments(
      x: x.floatPointer, weight: packed,
      operands: ProductOperands(weight.precision), y: y.floatPointer, samples: x.shape[0],
      height: x.shape[1], width: x.shape[2],
      channels: x.shape[3], outHeight: y.shape[1], outWidth: y.shape[2], outputs: y.shape[3],
      kernelHeight: weight.kernelHeight, kernelWidth: weight.kernelWidth, stride: options.stride,
      dilation: options.dilation,
      top: options.padding.top, left: options.padding.left,
      reflects: options.padding.mode == .reflect,
      epilogue: Epilogue(
        bias: options.bias.map { UnsafePointer($0.floatPointer) },
        shift: options.shift.map { UnsafePointer($0.floatPointer) },
        residual: options.residual.map { UnsafePointer($0.floatPointer) },
        activation: ActivationCode(options.activation)))
  }

  /// Divides the result among the threads, first by rows and, where these are few, by outputs too.
  func convolve(_ arguments: ConvolutionArguments) {
    let kernels = kernels
    let plan = ProductPlan(
      rows: arguments.rows, depth: arguments.depth, tileRows: kernels.tileRows,
      panels: (arguments.outputs + kernels.tileColumns - 1) / kernels.tileColumns,
      threads: threads.count)
    threads.forEach(
      plan.parts, scratchBytes: kernels.convolveScratch(arguments, rows: plan.blockRows)
    ) { part, scratch in
      kernels.convolve(
        arguments, rows: plan.rows(of: part), panels: plan.panels(of: part), scratch: scratch)
    }
  }

  /// Gathers rows of one sample at a time and multiplies them with a BLAS.
  ///
  /// A library's sums may depend on the number of rows it gets: blocks are therefore cut in the same
  /// places of every sample, whatever the batch and the threads.
  private func convolve(_ arguments: ConvolutionArguments, _ blas: OpenBLAS) {
    let kernels = kernels
    let pixels = arguments.outHeight * arguments.outWidth
    let blockRows = max(16, min(pixels, 1024, (1 << 21) / arguments.depth))
    let blocks = (pixels + blockRows - 1) / blockRows
    threads.forEach(
      arguments.samples * blocks,
      scratchBytes: MemoryLayout<Float>.stride * blockRows * arguments.depth
    ) { part, scratch in
      let first = part / blocks * pixels + part % blocks * blockRows
      let rows = first..<min(first + blockRows, (part / blocks + 1) * pixels)
      let inputs = scratch.assumingMemoryBound(to: Float.self)
      kernels.gatherRows(arguments, rows: rows, into: inputs)
      blas.multiply(
        inputs, arguments.weight, into: arguments.y + first * arguments.outputs, m: rows.count,
        n: arguments.outputs, k: arguments.depth)
      kernels.finish(arguments, rows: rows)
    }
  }
}
