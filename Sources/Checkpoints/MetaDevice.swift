import Synchronization
public import TensorCore

extension Device {
  /// A device without memory, as PyTorch's `meta`: tensors have shapes, but no elements.
  ///
  /// A model built on it shows what it would read from a checkpoint, at no cost. Operations do nothing,
  /// and reading a tensor gives zeros.
  public static let meta = Device(MetaBackend())

  /// Whether tensors have shapes only.
  var isMeta: Bool { backend is MetaBackend }
}

/// Memory that is never there, but counted.
///
/// Unchecked for its superclass's sake; all that it holds is constant.
private final class NoStorage: Storage, @unchecked Sendable {
  private let backend: MetaBackend

  init(byteCount: Int, _ backend: MetaBackend) {
    self.backend = backend
    super.init(byteCount: byteCount)
    backend.work.withLock { $0.hold(byteCount) }
  }

  deinit { backend.work.withLock { $0.heldByteCount -= byteCount } }
}

final class MetaBackend: Backend {
  let fusesGates: Bool
  /// What was asked for so far.
  let work = Mutex(DeviceWork())

  /// - Parameter fusesGates: As on the device whose work is measured.
  init(fusesGates: Bool = true) { self.fusesGates = fusesGates }

  var name: String { "meta" }

  func allocate(byteCount: Int) -> Storage {
    work.withLock { $0.allocations += 1 }
    return NoStorage(byteCount: byteCount, self)
  }
  func write(_ bytes: RawSpan, into tensor: Tensor) {}
  func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {}
  func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    NoStorage(byteCount: weight.shape.count * precision.byteCount, self)
  }
  func supports(_ precision: ProductPrecision) -> Bool { true }
  func hasFastProducts(in precision: ProductPrecision) -> Bool { true }

  func conv2D(_ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions) {
    dispatch(
      .conv2D, products: y.shape.count * weight.inputs * weight.kernelHeight * weight.kernelWidth)
  }
  func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    dispatch(.gatedMatmul, products: 2 * y.shape.count * weight.inputs)
    // Where values and gates are results of their own, they are held until now.
    if !fusesGates { _ = NoStorage(byteCount: 2 * y.shape.count * DType.float32.byteCount, self) }
  }
  func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    // Each channel of a query meets each key once in a score and once in the mean.
    dispatch(.attention, products: 2 * queries.shape.count * keys.shape[1])
  }
  func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) { dispatch(.groupNorm) }
  func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) { dispatch(.layerNorm) }
  func geglu(_ x: Tensor, into y: Tensor) { dispatch(.geglu) }
  func map(_ x: Tensor, into y: Tensor, _ activation: Activation) { dispatch(.map) }
  func clamp(_ x: Tensor, into y: Tensor, limit: Float) { dispatch(.clamp) }
  func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) { dispatch(.combine) }
  func combine(_ tensors: [Tensor], factors: Tensor, into y: Tensor) { dispatch(.combine) }
  func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) { dispatch(.gather) }
  func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) { dispatch(.copy) }
  func upsampleNearest(_ x: Tensor, into y: Tensor) { dispatch(.upsampleNearest) }
  func averagePool(_ x: Tensor, into y: Tensor) { dispatch(.averagePool) }
  func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) { dispatch(.pixelUnshuffle) }
  func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) { dispatch(.insertZeros) }
  func transpose(_ x: Tensor, into y: Tensor) { dispatch(.transpose) }
  func cast(_ x: Tensor, into y: Tensor) { dispatch(.cast) }

  private func dispatch(_ operation: DeviceWork.Operation, products: Int = 0) {
    work.withLock { work in
      work.dispatches[operation, default: 0] += 1
      work.floatingPointOperations += 2 * products
    }
  }
}
