/// How the windows of a feature map become one number each.
public struct PoolOptions: Sendable {
  /// What is taken of a window.
  public enum Kind: String, Sendable, CaseIterable {
    /// The mean.
    case mean
    /// The largest number; a NaN where there is one.
    case max
  }

  /// What is taken of a window.
  public let kind: Kind
  /// Height and width of a window.
  public let window: MapSize
  /// Pixels from one window to the next.
  public let stride: Int
  /// Pixels added above and on the left.
  public let top, left: Int
  /// The lines and columns whose pixels a mean is taken over: those of the map, with the padding where it
  /// counts as zeros.
  public let countedLines, countedColumns: Range<Int>
}

extension Tensor {
  /// Takes the mean or the largest number of windows of a feature map, as PyTorch's `avg_pool2d` and
  /// `max_pool2d`.
  ///
  /// - Parameters:
  ///   - kind: What is taken of a window.
  ///   - window: Height and width of a window.
  ///   - stride: Pixels from one window to the next.
  ///   - padding: Pixels added around the map, fewer than the window has: zeros for a mean, nothing for a
  ///     maximum.
  ///   - countsPadding: Whether a mean's divisor counts the padding.
  ///   - roundsUp: Whether windows that stick out at the bottom or on the right are kept, as with
  ///     `ceil_mode`; what sticks out counts nothing.
  /// - Returns: `[N, ⌊(H + top + bottom − height) / stride⌋ + 1, …, C]`.
  /// - Complexity: height·width additions or comparisons for each result; every element is read from
  ///   memory once as long as some rows fit into a cache.
  public func pool(
    _ kind: PoolOptions.Kind, window: MapSize, stride: Int, padding: Padding = Padding(),
    countsPadding: Bool = true, roundsUp: Bool = false
  ) -> Tensor {
    precondition(shape.rank == 4 && shape.count > 0, "pool: \(shape) is not a feature map")
    precondition(stride > 0, "pool: a stride of \(stride) goes nowhere")
    precondition(
      padding.mode == .zeros && max(padding.top, padding.bottom) < window.height
        && max(padding.left, padding.right) < window.width,
      "pool: a window of \(window) may lie in \(padding) alone")
    let lines = Self.windows(
      window.height, stride, over: shape[1], padding.top, padding.bottom, roundsUp)
    let columns = Self.windows(
      window.width, stride, over: shape[2], padding.left, padding.right, roundsUp)
    precondition(lines > 0 && columns > 0, "pool: \(shape) is smaller than the window \(window)")
    let y = Tensor([shape[0], lines, columns, shape[3]], on: device)
    let counted = countsPadding ? padding : Padding()
    device.backend.pool(
      self, into: y,
      PoolOptions(
        kind: kind, window: window, stride: stride, top: padding.top, left: padding.left,
        countedLines: -counted.top..<shape[1] + counted.bottom,
        countedColumns: -counted.left..<shape[2] + counted.right))
    return y
  }

  /// The mean of every channel of every sample.
  ///
  /// - Returns: `[N, 1, 1, C]`.
  public func globalMean() -> Tensor {
    precondition(shape.rank == 4, "globalMean: \(shape) is not a feature map")
    return pool(.mean, window: MapSize(height: shape[1], width: shape[2]), stride: 1)
  }

  /// How many windows fit along an axis; one that is rounded up begins before the padding at the end.
  private static func windows(
    _ window: Int, _ stride: Int, over size: Int, _ before: Int, _ after: Int, _ roundsUp: Bool
  ) -> Int {
    let room = size + before + after - window + (roundsUp ? stride - 1 : 0)
    if room < 0 { return 0 }
    let last = room / stride
    return last * stride >= size + before ? last : last + 1
  }
}
