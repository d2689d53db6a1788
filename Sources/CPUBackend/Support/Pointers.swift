import CPUKernelInterface
import Tensors

extension Tensor {
  /// The elements of a `float32` tensor.
  var floatPointer: UnsafeMutablePointer<Float> { pointer(.float32) }

  /// The elements of an `int32` tensor.
  var intPointer: UnsafePointer<Int32> { UnsafePointer(pointer(.int32)) }

  /// The first byte of the elements.
  var bytePointer: UnsafeMutableRawPointer {
    guard let storage = storage as? CPUStorage else {
      preconditionFailure("a tensor on \(device) was given to the CPU")
    }
    return storage.pointer + offset * dtype.byteCount
  }

  private func pointer<Element>(_ expected: DType) -> UnsafeMutablePointer<Element> {
    precondition(dtype == expected, "the CPU computes this in \(expected), not in \(dtype)")
    return bytePointer.assumingMemoryBound(to: Element.self)
  }
}

extension OperandPrecision {
  init(_ precision: ProductPrecision) {
    switch precision {
    case .float32: self = .single
    case .bfloat16: self = .bfloat16
    case .float16, .int8, .int16:
      preconditionFailure(
        "the CPU does not multiply \(precision.rawValue) here; it does bf16 and fp32")
    }
  }
}

extension IntegerPrecision {
  init?(_ precision: ProductPrecision) {
    switch precision {
    case .int8: self = .int8
    case .int16: self = .int16
    case .float32, .bfloat16, .float16: return nil
    }
  }
}

extension ProductOperands {
  init(_ precision: ProductPrecision) {
    self = IntegerPrecision(precision).map { .integers($0) } ?? .floats(OperandPrecision(precision))
  }
}

extension ActivationCode {
  init(_ activation: Activation) {
    switch activation {
    case .identity: self = .identity
    case .silu: self = .silu
    case .gelu: self = .gelu
    case .quickGELU: self = .quickGELU
    case .relu: self = .relu
    case .sigmoid: self = .sigmoid
    case .exponential: self = .exponential
    }
  }
}
