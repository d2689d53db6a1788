import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Packs a weight: panels for our own kernels, `[products, outputs]` for a BLAS.
  ///
  /// A window's weight that is to be multiplied as integers is kept in sixteen bits, which say more than bf16 does: which
  /// form is the fastest depends on the map that it meets, and each is made of these.
  public func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    let (outputs, channels) = (weight.shape[0], weight.shape[1])
    let taps = weight.shape[2] * weight.shape[3]
    let source = UnsafePointer(weight.floatPointer)
    if blas != nil && precision == .float32 {
      return CPUWeight(packedForBLAS(source, outputs, channels, taps), .floats(.single))
    }
    let operands: ProductOperands =
      precision.isInteger && taps > 1 ? .integers(.int16) : ProductOperands(precision)
    let kernels = kernels
    let storage = panels(of: outputs, channels: channels, taps: taps, operands) {
      kernels.pack(
        source, into: $0, outputs: outputs, channels: channels, taps: taps, operands: operands,
        panels: $1)
    }
    return CPUWeight(storage, operands)
  }

  /// Memory for a packed weight, whose panels of outputs `body` fills.
  func panels(
    of outputs: Int, channels: Int, taps: Int, _ operands: ProductOperands,
    _ body: @escaping (_ packed: UnsafeMutablePointer<Word>, _ panels: Range<Int>) -> Void
  ) -> CPUStorage {
    let words = kernels.packedCount(
      outputs: outputs, channels: channels, taps: taps, operands: operands)
    return panels(of: outputs, words: words, body)
  }

  /// Memory for so many words of a weight, whose panels of outputs `body` fills.
  func panels(
    of outputs: Int, words: Int,
    _ body: @escaping (_ packed: UnsafeMutablePointer<Word>, _ panels: Range<Int>) -> Void
  ) -> CPUStorage {
    let storage = take(MemoryLayout<Word>.stride * words)
    let target = storage.words
    let panels = (outputs + kernels.tileColumns - 1) / kernels.tileColumns
    threads.forEachRange(panels, grain: 1) { body(target, $0) }
    return storage
  }

  private func packedForBLAS(
    _ source: UnsafePointer<Float>, _ outputs: Int, _ channels: Int, _ taps: Int
  ) -> CPUStorage {
    let storage = take(
      MemoryLayout<Float>.stride * outputs * channels * taps)
    let target = storage.pointer.assumingMemoryBound(to: Float.self)
    threads.forEachRange(channels * taps, grain: 16) { range in
      for product in range {
        let first = source + product % channels * taps + product / channels
        for output in 0..<outputs {
          target[product * outputs + output] = first[output * channels * taps]
        }
      }
    }
    return storage
  }

  /// A weight's memory, if this backend has packed it: levels pack weights differently.
  func stored(_ weight: PackedWeight) -> CPUWeight {
    guard weight.device.backend === self, let stored = weight.storage as? CPUWeight else {
      preconditionFailure("a weight was packed for \(weight.device), not for \(name)")
    }
    return stored
  }
}
