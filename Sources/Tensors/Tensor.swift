/// An immutable array of numbers on a device, row-major and contiguous.
///
/// Images and feature maps are channels last, `[N, H, W, C]`; token sequences are `[N, L, C]`, so that
/// one is a reshape of the other. A tensor is written once, by the operation that makes it; an operation
/// that consumes its input may write over it when nobody else can see it, as Swift's arrays do.
public struct Tensor: Sendable {
  /// The extents, outermost first.
  public let shape: Shape
  /// How the elements are stored.
  public let dtype: DType
  /// Where the elements are.
  public let device: Device
  /// The memory that holds the elements, possibly among others.
  package private(set) var storage: Storage
  /// Where the elements begin in the storage, in elements.
  package let offset: Int

  /// A tensor of unwritten memory, to be filled by the operation that asked for it.
  package init(_ shape: Shape, _ dtype: DType = .float32, on device: Device) {
    self.init(
      shape, dtype, on: device,
      storage: device.backend.allocate(byteCount: shape.count * dtype.byteCount), offset: 0)
  }

  /// A view of a part of a storage.
  package init(
    _ shape: Shape, _ dtype: DType, on device: Device, storage: Storage, offset: Int
  ) {
    self.shape = shape
    self.dtype = dtype
    self.device = device
    self.storage = storage
    self.offset = offset
  }

  /// Where a result of this tensor's shape and type goes that is made element by element: over this
  /// tensor when nobody else sees its memory, else into new memory.
  package mutating func placeOfResult() -> Tensor {
    isKnownUniquelyReferenced(&storage) ? self : Tensor(shape, dtype, on: device)
  }

  /// Number of bytes the elements take.
  public var byteCount: Int { shape.count * dtype.byteCount }

  /// The same elements in another shape, without a copy.
  ///
  /// - Parameter shape: Must have as many elements as this tensor.
  public func reshaped(_ shape: Shape) -> Tensor {
    precondition(
      shape.count == self.shape.count, "reshaped: \(self.shape) does not fill \(shape)")
    return Tensor(shape, dtype, on: device, storage: storage, offset: offset)
  }

  /// Some consecutive samples, without a copy.
  ///
  /// - Parameter range: Positions along the first axis.
  public func samples(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[0],
      "samples: \(range) is not within \(shape)")
    let part = shape.with(first: range.count)
    let stride = shape.count / max(shape[0], 1)
    return Tensor(
      part, dtype, on: device, storage: storage, offset: offset + range.lowerBound * stride)
  }
}
