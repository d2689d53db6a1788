import Synchronization

extension Device {
  /// A device without memory, as PyTorch's `meta`: tensors have shapes, but no elements.
  ///
  /// A model built on it shows what it would read from a checkpoint, at no cost. Operations do nothing,
  /// and reading a tensor gives zeros.
  public static let meta = Device(MetaBackend())

  /// Whether tensors have shapes only.
  package var isMeta: Bool { backend is MetaBackend }
}

/// Computes nothing and counts what it is asked for.
///
/// Backends whose operations take memory beside their results say so in a subclass; see
/// ``Backend/rehearsal()``. Unchecked for these; they hold nothing that changes.
open class MetaBackend: Backend, @unchecked Sendable {
  /// What was asked for so far.
  let work = Mutex(DeviceWork())

  /// Nothing has been asked for yet.
  public init() {}

  /// `meta`.
  public var name: String { "meta" }

  /// Memory that is never there, but counted.
  public func allocate(byteCount: Int) -> Storage {
    work.withLock { $0.allocations += 1 }
    return NoStorage(byteCount: byteCount, self)
  }
  /// Does nothing.
  public func write(_ bytes: RawSpan, into tensor: Tensor) {}
  /// Leaves the zeros.
  public func read(_ tensor: Tensor, into bytes: inout MutableRawSpan) {}
  /// Memory that is never there, as much as the elements of the products take.
  public func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage {
    NoStorage(byteCount: weight.shape.count * precision.byteCount, self)
  }
  /// Every precision.
  public func supports(_ precision: ProductPrecision) -> Bool { true }
  /// Nothing is faster.
  public func hasFastProducts(in precision: ProductPrecision) -> Bool { true }
  /// Operands are rounded when they are loaded.
  open func operandType(for precision: ProductPrecision, channels: Int) -> DType { .float32 }

  /// Counts memory that an operation takes beside its result, until it is done.
  public func takeScratch(byteCount: Int) { _ = NoStorage(byteCount: byteCount, self) }

  /// Counts a convolution, or a matrix product, of one group.
  open func conv2D(
    _ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions
  ) {
    count(products: y.shape.count * weight.inputs * weight.kernelHeight * weight.kernelWidth)
  }
  /// Counts a matrix product with a gate.
  open func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor) {
    count(products: 2 * y.shape.count * weight.inputs)
  }
  /// Counts an attention.
  open func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  ) {
    // Each channel of a query meets each key once in a score and once in the mean.
    count(products: 2 * queries.shape.count * keys.shape[1])
  }

  /// Notes an operation by the name of its requirement, and its products.
  private func count(_ requirement: String = #function, products: Int = 0) {
    work.withLock { work in
      work.dispatches[String(requirement.prefix { $0 != "(" }), default: 0] += 1
      work.floatingPointOperations += 2 * products
    }
  }
}

extension MetaBackend {
  /// Counts a convolution of every channel.
  public func depthwiseConv2D(
    _ x: Tensor, _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions
  ) {
    count(products: y.shape.count * taps.shape[0])
  }
  /// Counts an attention to a few places.
  public func deformableAttention(
    _ values: Tensor, _ samples: DeformableSamples, into y: Tensor, _ options: DeformableOptions
  ) {
    // Four neighbours of each place have a weight.
    count(products: 4 * samples.weights.shape.count * (y.shape[2] / options.heads))
  }
  /// Counts a normalisation of groups.
  public func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions) { count() }
  /// Counts a normalisation of rows.
  public func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions) { count() }
  /// Counts a gated linear unit.
  public func geglu(_ x: Tensor, into y: Tensor) { count() }
  /// Counts a function.
  public func map(_ x: Tensor, into y: Tensor, _ activation: Activation) { count() }
  /// Counts a limit.
  public func clamp(_ x: Tensor, into y: Tensor, to range: ClosedRange<Float>) { count() }
  /// Counts rows of shares.
  public func softmax(_ x: Tensor, into y: Tensor) { count() }
  /// Counts a product.
  public func multiply(_ x: Tensor, _ operand: Tensor, into y: Tensor, _ broadcast: Broadcast) {
    count()
  }
  /// Counts a sum.
  public func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor) { count() }
  /// Counts a sum by coefficients in memory.
  public func combine(_ tensors: [Tensor], coefficients: Tensor, into y: Tensor) { count() }
  /// Counts rows that are looked up.
  public func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor) { count() }
  /// Counts a copy.
  public func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle) { count() }
  /// Counts windows that become pixels.
  public func pool(_ x: Tensor, into y: Tensor, _ options: PoolOptions) { count() }
  /// Counts a resized map.
  public func resize(_ x: Tensor, into y: Tensor, _ mode: ResizeMode, alignCorners: Bool) {
    count()
  }
  /// Counts pixels that become channels.
  public func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) { count() }
  /// Counts a map that is spread.
  public func insertZeros(_ x: Tensor, into y: Tensor, stride: Int) { count() }
  /// Counts an exchange of axes.
  public func transpose(_ x: Tensor, into y: Tensor) { count() }
  /// Counts a change of type.
  public func cast(_ x: Tensor, into y: Tensor) { count() }
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
