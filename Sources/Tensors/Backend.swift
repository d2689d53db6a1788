public import Faults

/// What a device must compute.
///
/// The front ends in `Ops` have checked every shape and allocated every result before a requirement
/// is called; the receiver writes `y` completely. Tensors are `float32` unless a requirement says more.
/// Adding an operation means adding a requirement here: the compiler then names the backends that lack it.
public protocol Backend: AnyObject, Sendable {
  /// The device's name, for people.
  var name: String { get }

  /// The kind of device in one word, as command lines name it, such as `cpu`.
  var kind: String { get }

  /// What results depend on, to the last bit: the hardware and its driver or kernels, not how many threads
  /// share the work.
  var identity: String { get }

  /// Bytes of memory that the device has left, where it can say so.
  var availableMemory: Int? { get }

  /// Whether that is the memory of the program itself, where weights are before they come to a device.
  var sharesHostMemory: Bool { get }

  /// Why the device cannot go on, if so: then operations do nothing, and results are worthless.
  var failure: (any Fault)? { get }

  /// Whether packed weights stay in the host's memory, and come to the device when they are needed.
  var streamsWeights: Bool { get }

  /// Memory for a result. It is never too small; running out is a ``failure``, and says how much was
  /// asked for.
  func allocate(byteCount: Int) -> Storage
  /// Memory that the host is going to write. A recording keeps it, for it is not written again.
  func allocateForHost(byteCount: Int) -> Storage
  /// Copies host bytes into a tensor of the same size.
  func write(_ bytes: RawSpan, into tensor: Tensor)
  /// Copies a tensor to host bytes of the same size, after all work on it is done.
  func read(_ tensor: Tensor, into bytes: inout MutableRawSpan)

  /// Waits until all work is done, on a device that works while the program goes on, or the device fails.
  func synchronize()

  /// What does the same as a function to inputs of these shapes, in less time; nil where calling the
  /// function is best. See ``Recording``.
  func recorded(
    _ function: @escaping Recording.Function, like inputs: [Tensor]
  ) -> Recording.Function?

  /// Whether products can be had in a precision. To pack a weight for another one is fatal.
  func supports(_ precision: ProductPrecision) -> Bool
  /// Whether products in a precision are at least as fast as in `float32`.
  func hasFastProducts(in precision: ProductPrecision) -> Bool
  /// What takes the place of integers where these would cost too much of a result: in first and last
  /// layers, and in attention. Every other precision stays.
  func precision(beside precision: ProductPrecision) -> ProductPrecision
  /// How results are best stored that nothing but products in a precision reads: rounded when they are
  /// stored, their operands are the same as if they were rounded when they are loaded.
  func operandType(for precision: ProductPrecision, channels: Int) -> DType

  /// A backend without memory whose operations would take as much as this one's; see
  /// ``Device/memory(for:)``.
  func rehearsal() -> MetaBackend

  /// Reorders a `[outputs, inputs, height, width]` weight for ``conv2D(_:_:into:_:)``.
  func pack(_ weight: Tensor, _ precision: ProductPrecision) -> Storage

  /// Matrix product and convolution of one group: a matrix is a 1×1 window over rows.
  func conv2D(_ x: Tensor, _ weight: PackedWeight, into y: Tensor, _ options: Conv2DOptions)
  /// Convolution of every channel with a window of its own, whose numbers are `taps`,
  /// `[height · width, C]`. Nothing is enlarged.
  func depthwiseConv2D(
    _ x: Tensor, _ weight: PackedWeight, taps: Tensor, into y: Tensor, _ options: Conv2DOptions)
  /// Matrix product with a gate; see ``Tensor/gatedMatmul(_:bias:as:)``.
  func gatedMatmul(_ x: Tensor, _ weight: PackedWeight, bias: Tensor?, into y: Tensor)
  /// Scaled dot-product attention; see
  /// ``Tensor/attention(keys:values:heads:bias:causal:precision:as:)``.
  func attention(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, into y: Tensor, _ options: AttentionOptions
  )
  /// Weighted means of values between the pixels of several maps; see
  /// ``Tensor/deformableAttention(places:offsets:weights:_:)``.
  func deformableAttention(
    _ values: Tensor, _ samples: DeformableSamples, into y: Tensor, _ options: DeformableOptions)
  /// Normalises groups of channels; see
  /// ``Tensor/groupNorm(groups:weight:bias:epsilon:activation:as:)``. `y` may be `x`.
  func groupNorm(_ x: Tensor, into y: Tensor, _ options: GroupNormOptions)
  /// Normalises rows; see ``Tensor/layerNorm(weight:bias:epsilon:as:)``.
  func layerNorm(_ x: Tensor, into y: Tensor, _ options: LayerNormOptions)
  /// First half of each row times the GELU of the second half.
  func geglu(_ x: Tensor, into y: Tensor)
  /// Applies a function to every element.
  func map(_ x: Tensor, into y: Tensor, _ activation: Activation)
  /// Limits every element to a range; a NaN stays one.
  func clamp(_ x: Tensor, into y: Tensor, to range: ClosedRange<Float>)
  /// Turns every row into shares that add up to 1; see ``Tensor/softmax()``.
  func softmax(_ x: Tensor, into y: Tensor)
  /// Product of two tensors, the second one repeated as `broadcast` says.
  func multiply(_ x: Tensor, _ operand: Tensor, into y: Tensor, _ broadcast: Broadcast)
  /// Sum of scaled tensors; a shorter one is repeated along the leading axes.
  func combine(_ terms: [(scale: Float, tensor: Tensor)], into y: Tensor)
  /// Sum of tensors scaled by the elements of `coefficients`, as above; a coefficient of zero silences its tensor.
  func combine(_ tensors: [Tensor], coefficients: Tensor, into y: Tensor)
  /// Rows of `table` at the `int32` positions `indices`.
  func gather(_ table: Tensor, _ indices: Tensor, into y: Tensor)
  /// Copies a rectangle of elements between two tensors of one type.
  func copy(_ x: Tensor, into y: Tensor, _ rectangle: CopyRectangle)
  /// Mean or largest number of windows; see
  /// ``Tensor/pool(_:window:stride:padding:countsPadding:roundsUp:)``.
  func pool(_ x: Tensor, into y: Tensor, _ options: PoolOptions)
  /// Resizes `[N, H, W, C]` to `y`'s height and width; see ``Tensor/resize(to:_:alignCorners:)``.
  func resize(_ x: Tensor, into y: Tensor, _ mode: ResizeMode, alignCorners: Bool)
  /// Moves `operand`×`operand` pixels into channels, in PyTorch's channel order.
  func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int)
  /// Writes zeros between the pixels: `y[n, s·h, s·w, c] = x[n, h, w, c]`.
  func insertZeros(_ x: Tensor, into y: Tensor, stride: Int)
  /// Exchanges the last two axes of `[N, A, B]`.
  func transpose(_ x: Tensor, into y: Tensor)
  /// Changes the storage type.
  func cast(_ x: Tensor, into y: Tensor)
}

extension Backend {
  /// The name.
  public var kind: String { name }

  /// The name.
  public var identity: String { name }

  /// Unknown.
  public var availableMemory: Int? { nil }

  /// The device has memory of its own.
  public var sharesHostMemory: Bool { false }

  /// Nothing to wait for: every operation is done when it returns.
  public func synchronize() {}

  /// They are where the device computes.
  public var streamsWeights: Bool { false }

  /// Nothing: what fails is fatal.
  public var failure: (any Fault)? { nil }

  /// One whose results alone take memory.
  public func rehearsal() -> MetaBackend { MetaBackend() }

  /// Single precision takes the place of integers.
  public func precision(beside precision: ProductPrecision) -> ProductPrecision {
    precision.isInteger ? .float32 : precision
  }

  /// Operands are rounded when they are loaded.
  public func operandType(for precision: ProductPrecision, channels: Int) -> DType { .float32 }
}
