public import TensorCore

extension Device {
  /// A device without memory, as PyTorch's `meta`: tensors have shapes, but no elements.
  ///
  /// A model built on it shows what it would read from a checkpoint, at no cost. Operations do nothing,
  /// and reading a tensor gives zeros.
  public static let meta = Device(MetaBackend())
}

/// Memory that is never there.
private final class NoStorage: Storage {
  let byteCount: Int
  init(byteCount: Int) { self.byteCount = byteCount }
}

private final class MetaBackend: Backend {
  var name: String { "meta" }

  func allocate(byteCount: Int) -> any Storage { NoStorage(byteCount: byteCount) }
  func write(_ bytes: RawSpan, into tensor: Tensor) {}
  func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {}
  func pack(_ weight: Tensor, _ precision: ProductPrecision) -> any Storage {
    NoStorage(byteCount: weight.byteCount)
  }
  func hasFastProducts(in precision: ProductPrecision) -> Bool { true }

  func conv2D(_ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions) {}
  func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {}
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
}
