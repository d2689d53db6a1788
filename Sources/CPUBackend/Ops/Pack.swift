import CPUKernelInterface
public import Tensors

extension CPUBackend {
  /// Packs a weight: panels for our own kernels, `[products, outputs]` for a BLAS.
  public func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    let (outputs, channels) = (weight.shape[0], weight.shape[1])
    let taps = weight.shape[2] * weight.shape[3]
    let source = UnsafePointer(weight.floatPointer)
    if blas != nil && precision == .float32 {
      return CPUWeight(packedForBLAS(source, outputs, channels, taps))
    }
    let (kernels, precision) = (kernels, OperandPrecision(precision))
    let storage = take(
      MemoryLayout<Float>.stride
        * kernels.packedCount(
          outputs: outputs, channels: channels, taps: taps, precision: precision))
    let target = storage.pointer.assumingMemoryBound(to: Float.self)
    let panels = (outputs + kernels.tileColumns - 1) / kernels.tileColumns
    threads.forEachRange(panels, grain: 1) { range in
      kernels.pack(
        source, into: target, outputs: outputs, channels: channels, taps: taps,
        precision: precision, panels: range)
    }
    return CPUWeight(storage)
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
