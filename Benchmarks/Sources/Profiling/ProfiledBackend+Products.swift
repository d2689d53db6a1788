import CPUBackend
import Tensors

/// Products: their work is their operations.
extension ProfiledBackend {
  func conv2D(_ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions) {
    let products = y.shape.count * weight.inputs * weight.kernelHeight * weight.kernelWidth
    measure(.product(of: x, weight, options, products: products)) {
      inner.conv2D(x, PackedWeight(weight, on: Device(inner)), into: y, options)
    }
  }

  func depthwiseConv2D(
    _ x: Tensor, _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions
  ) {
    measure(.reading([x, taps], into: y)) {
      inner.depthwiseConv2D(
        x, PackedWeight(weight, on: Device(inner)), taps: taps, into: y, options)
    }
  }

  func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    measure(
      OperationKind(
        "gated", "\(x.shape.rows)x\(weight.inputs)x\(y.shape[-1])", weight.precision,
        .operations(4 * y.shape.count * weight.inputs))
    ) {
      inner.gatedMatmul(x, PackedWeight(weight, on: Device(inner)), bias: bias, into: y)
    }
  }

  func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    let (shape, heads) = (queries.shape, options.heads)
    let details = [
      keys.shape[1] == shape[1] ? "" : "/\(keys.shape[1])", options.causal ? "/causal" : "",
    ]
    measure(
      OperationKind(
        "attention", "\(shape[0])x\(shape[1])x\(shape[2] / heads)x\(heads)\(details.joined())",
        options.precision, .operations(4 * shape.count * keys.shape[1]))
    ) {
      inner.attention(queries, keys, values, into: y, options)
    }
  }
}

extension OperationKind {
  /// A matrix product, `rows x inputs x outputs`, or a convolution, `inputs x outputs x height x width/side` as
  /// benchmarks are named, each of so many samples.
  fileprivate static func product(
    of x: Tensor, _ weight: PackedWeight, _ options: Conv2DOptions, products: Int
  ) -> OperationKind {
    let size = "\(weight.inputs)x\(weight.outputs)"
    let work = Work.operations(2 * products)
    if x.shape[1] == 1 && weight.kernelHeight == 1 && weight.kernelWidth == 1 {
      return OperationKind("linear", "\(x.shape.rows)x\(size)", weight.precision, work)
    }
    let sides = x.shape[1] == x.shape[2] ? "\(x.shape[1])" : "\(x.shape[1])x\(x.shape[2])"
    let details = [
      options.stride == 1 ? "" : "/\(options.stride)",
      options.enlargement == nil ? "" : " enlarged",
      x.shape[0] == 1 ? "" : " of \(x.shape[0])",
    ]
    return OperationKind(
      "conv2d",
      "\(size)x\(weight.kernelHeight)x\(weight.kernelWidth)/\(sides)\(details.joined())",
      weight.precision, work)
  }
}
