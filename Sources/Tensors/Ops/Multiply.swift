/// How an operand is repeated to fill a larger tensor, whose axes are joined as far as they behave alike.
public struct Broadcast: Sendable, Equatable {
  /// Axes that backends can tell apart; ones and zeros fill what is not needed.
  package static let rank = 4

  /// Extents of the joined axes of the larger tensor, outermost first.
  public let extents: [Int]
  /// How many elements of the operand lie between neighbours along each; zero where it is repeated.
  public let strides: [Int]

  /// - Returns: nil where the operand's extents, aligned at the end, are neither 1 nor those of the larger
  ///   tensor, or where axes alternate too often.
  init?(_ operand: Shape, over shape: Shape) {
    guard operand.rank <= shape.rank, operand.count > 0 || shape.count == 0 else { return nil }
    let missing = [Int](repeating: 1, count: shape.rank - operand.rank)
    var (extents, strides): ([Int], [Int]) = ([], [])
    var stride = 1
    for (extent, own) in zip(shape.dimensions, missing + operand.dimensions).reversed()
    where extent != 1 || own != 1 {
      guard own == extent || own == 1 else { return nil }
      let next = own == 1 ? 0 : stride
      if let last = strides.first, (last == 0) == (next == 0) {
        extents[0] *= extent
      } else {
        extents.insert(extent, at: 0)
        strides.insert(next, at: 0)
      }
      stride *= own
    }
    guard extents.count <= Self.rank else { return nil }
    let filler = Self.rank - extents.count
    self.extents = [Int](repeating: 1, count: filler) + extents
    self.strides = [Int](repeating: 0, count: filler) + strides
  }

  /// Where the operand's element for element `index` of the larger tensor is.
  package func place(of index: Int) -> Int {
    var (rest, place) = (index, 0)
    for axis in extents.indices.reversed() {
      place += rest % extents[axis] * strides[axis]
      rest /= extents[axis]
    }
    return place
  }
}

extension Tensor {
  /// Product of two tensors, element by element.
  ///
  /// The result has the left tensor's shape. The right one is repeated along axes in which it has an
  /// extent of 1, and along leading axes that it leaves out, as in PyTorch: `[C]` scales channels,
  /// `[N, 1, 1, C]` the channels of each sample, and `[N, H, W, 1]` is a mask.
  ///
  /// - Complexity: A pass over memory: what is repeated stays in a cache.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    guard let broadcast = Broadcast(right.shape, over: left.shape) else {
      preconditionFailure("*: \(right.shape) cannot be repeated to fill \(left.shape)")
    }
    let y = Tensor(left.shape, on: left.device)
    left.device.backend.multiply(left, right, into: y, broadcast)
    return y
  }
}
