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

/// Memory that is never there.
private final class NoStorage: Storage {
  let byteCount: Int
  init(byteCount: Int) { self.byteCount = byteCount }
}

final class MetaBackend: Backend {
  /// Operations of the products that were asked for, as ``countOperations(_:)`` counts them.
  let operations = Atomic<Int>(0)

  var name: String { "meta" }

  func allocate(byteCount: Int) -> any Storage { NoStorage(byteCount: byteCount) }
  func write(_ bytes: RawSpan, into tensor: Tensor) {}
  func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {}
  func pack(_ weight: Tensor, _ precision: ProductPrecision) -> any Storage {
    NoStorage(byteCount: weight.byteCount)
  }
  func hasFastProducts(in precision: ProductPrecision) -> Bool { true }

  func conv2D(_ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions) {
    count(products: y.shape.count * weight.inputs * weight.kernelHeight * weight.kernelWidth)
  }
  func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    // Each channel of a query meets each key once in a score and once in the mean.
    count(products: 2 * queries.shape.count * keys.shape[1])
  }
  func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) {}
  func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) {}
  func geglu(_ x: Tensor, into y: Tensor) {}
  func map(_ x: Tensor, into y: Tensor, _ activation: Activation) {}
  func clamp(_ x: Tensor, into y: Tensor, limit: Float) {}
  func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) {}
  func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) {}
  func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) {}
  func upsampleNearest(_ x: Tensor, into y: Tensor) {}
  func averagePool(_ x: Tensor, into y: Tensor) {}
  func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {}
  func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) {}
  func transpose(_ x: Tensor, into y: Tensor) {}
  func cast(_ x: Tensor, into y: Tensor) {}

  private func count(products: Int) { operations.add(2 * products, ordering: .relaxed) }
}
