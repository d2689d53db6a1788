/// A rectangle of elements that is copied from one tensor to another. All figures are in elements.
public struct CopyRectangle: Sendable {
  /// Number of runs.
  public let rows: Int
  /// Length of a run.
  public let width: Int
  /// Where the first run begins in the source, and the distance to the next.
  public let source: (start: Int, stride: Int)
  /// Where the first run begins in the destination, and the distance to the next.
  public let destination: (start: Int, stride: Int)
}

extension Tensor {
  /// Joins tensors along their last axis.
  ///
  /// - Parameter parts: Tensors that differ at most in their last extent.
  /// - Complexity: A pass over memory, in one copy for each part.
  public static func concatenate(_ parts: [Tensor]) -> Tensor {
    precondition(
      !parts.isEmpty && parts.allSatisfy { $0.shape.leading == parts[0].shape.leading },
      "concatenate: \(parts.map(\.shape)) differ in more than their last extent")
    requireOneType(parts, operation: "concatenate")
    let width = parts.reduce(0) { $0 + $1.shape[-1] }
    let y = Tensor(parts[0].shape.with(last: width), parts[0].dtype, on: parts[0].device)
    var start = 0
    for part in parts {
      let run = part.shape[-1]
      y.device.backend.copy(
        part, into: y,
        CopyRectangle(
          rows: y.shape.rows, width: run, source: (0, run), destination: (start, width)))
      start += run
    }
    return y
  }

  /// Joins sequences of tokens along their second axis.
  ///
  /// - Parameter parts: `[N, L, C]`, which differ at most in their lengths.
  /// - Returns: `[N, ΣL, C]`.
  /// - Complexity: A pass over memory, in one copy for each part.
  public static func concatenate(tokens parts: [Tensor]) -> Tensor {
    let channels = parts[0].shape[-1]
    precondition(
      parts.allSatisfy { $0.shape.rank == 3 && $0.shape[2] == channels },
      "concatenate: \(parts.map(\.shape)) are no sequences of tokens of one size")
    let rows = parts.map { $0.reshaped([$0.shape[0], $0.shape[1] * channels]) }
    let joined = concatenate(rows)
    return joined.reshaped([joined.shape[0], joined.shape[1] / channels, channels])
  }

  /// Joins tensors along their first axis.
  ///
  /// - Parameter parts: Tensors that differ at most in their first extent.
  public static func stack(samples parts: [Tensor]) -> Tensor {
    precondition(
      !parts.isEmpty
        && parts.allSatisfy { $0.shape.with(first: 1) == parts[0].shape.with(first: 1) },
      "stack: \(parts.map(\.shape)) differ in more than their first extent")
    requireOneType(parts, operation: "stack")
    let samples = parts.reduce(0) { $0 + $1.shape[0] }
    let y = Tensor(parts[0].shape.with(first: samples), parts[0].dtype, on: parts[0].device)
    var start = 0
    for part in parts {
      y.device.backend.copy(
        part, into: y,
        CopyRectangle(
          rows: 1, width: part.shape.count, source: (0, 0), destination: (start, 0)))
      start += part.shape.count
    }
    return y
  }

  /// The samples one after another, as often as it takes.
  ///
  /// - Parameter samples: How many there will be: a multiple of those that there are.
  public func repeated(samples: Int) -> Tensor {
    precondition(
      shape[0] > 0 && samples % shape[0] == 0,
      "repeated: \(samples) samples are no multiple of those of \(shape)")
    if samples == shape[0] { return self }
    return .stack(samples: [Tensor](repeating: self, count: samples / shape[0]))
  }

  static func requireOneType(_ parts: [Tensor], operation: String) {
    precondition(
      parts.allSatisfy { $0.dtype == parts[0].dtype },
      "\(operation): \(parts.map(\.dtype)) are different types of storage")
  }

  /// Some consecutive channels.
  ///
  /// - Parameter range: Positions along the last axis.
  public func channels(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[-1],
      "channels: \(range) is not within \(shape)")
    let y = Tensor(shape.with(last: range.count), dtype, on: device)
    device.backend.copy(
      self, into: y,
      CopyRectangle(
        rows: shape.rows, width: range.count, source: (range.lowerBound, shape[-1]),
        destination: (0, range.count)))
    return y
  }

  /// A window of a feature map.
  ///
  /// - Returns: `[N, rows.count, columns.count, C]`.
  public func cropped(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    precondition(
      shape.rank == 4 && rows.lowerBound >= 0 && columns.lowerBound >= 0
        && rows.upperBound <= shape[1] && columns.upperBound <= shape[2],
      "cropped: rows \(rows) and columns \(columns) are not within \(shape)")
    let c = shape[3]
    let y = Tensor([shape[0], rows.count, columns.count, c], dtype, on: device)
    for n in 0..<shape[0] {
      let start = ((n * shape[1] + rows.lowerBound) * shape[2] + columns.lowerBound) * c
      device.backend.copy(
        self, into: y,
        CopyRectangle(
          rows: rows.count, width: columns.count * c, source: (start, shape[2] * c),
          destination: (n * rows.count * columns.count * c, columns.count * c)))
    }
    return y
  }
}
