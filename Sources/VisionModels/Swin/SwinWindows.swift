import Tensors

/// How a map is divided into windows, after it was moved up and to the left by some pixels, what leaves it there coming in
/// on the other side.
///
/// Windows in the last row and column then have parts that are no neighbours. Windows of the same parts stand together, so
/// that each kind has its own numbers for scores.
struct SwinWindows: Sendable {
  /// Windows that have the same parts.
  struct Kind: Sendable {
    /// Their numbers.
    let windows: Range<Int>
    /// What is added to the scores, `[keys, queries]`; nil where all tokens are neighbours.
    let mask: Tensor?
  }

  private let side: Int
  private let shape: Shape
  private let order: TokenOrder
  /// Where each pixel of the map is among the windows' tokens.
  private let inverse: Tensor
  /// For each key and query of a window, which entry of a table of relative places is theirs.
  private let relativePlaces: Tensor
  /// All windows, by their kind.
  let kinds: [Kind]

  /// Divides a map, which is filled up to whole windows.
  ///
  /// - Parameters:
  ///   - shape: The map's, `[N, H, W, C]`.
  ///   - side: Side of a window, in tokens.
  ///   - shift: By how much the map is moved, less than a window.
  ///   - device: Where the map is.
  init(of shape: Shape, side: Int, shift: Int, on device: Device) {
    (self.shape, self.side) = (shape, side)
    let rows = (shape[1] + side - 1) / side
    let columns = (shape[2] + side - 1) / side
    let all = (0..<shape[0] * rows * columns).map {
      Window(number: $0, rows: rows, columns: columns, isMoved: shift > 0)
    }
    let groups = Window.Edge.all.map { edge in all.filter { $0.edge == edge } }
      .filter { !$0.isEmpty }
    var first = 0
    kinds = groups.map { group in
      defer { first += group.count }
      return Kind(
        windows: first..<first + group.count, mask: group[0].edge.mask(side, shift, on: device))
    }
    let places = groups.joined().flatMap {
      $0.places(side: side, shift: shift, height: rows * side, width: columns * side)
    }
    order = TokenOrder(places, of: shape, on: device)
    inverse = Self.inverse(of: places, shape, on: device)
    relativePlaces = Self.relativePlaces(side, on: device)
  }

  /// The tokens of each window, `[windows, side², C]`, zeros for those beyond the map.
  func split(_ map: Tensor) -> Tensor {
    let tokens = order(map)
    return tokens.reshaped([tokens.shape[0] / (side * side), side * side, map.shape[3]])
  }

  /// The map of windows' tokens, `[N, H, W, C]`.
  ///
  /// - Parameter windows: The tokens of each kind, `[windows, side², C]`.
  func join(_ windows: [Tensor]) -> Tensor {
    let all = Tensor.stack(samples: windows)
    let channels = all.shape[2]
    return all.reshaped([all.shape.rows, channels]).gather(inverse)
      .reshaped(shape.with(last: channels))
  }

  /// A head's numbers for each key and query, which depend on how far apart they are.
  ///
  /// - Parameter table: `[(2·side − 1)², heads]`.
  /// - Returns: `[1, heads, side², side²]`, a row of queries for each key.
  func bias(_ table: Tensor) -> Tensor {
    let (tokens, heads) = (side * side, table.shape[1])
    return table.gather(relativePlaces).reshaped([1, tokens * tokens, heads]).transposed()
      .reshaped([1, heads, tokens, tokens])
  }

  private static func inverse(
    of places: [TokenOrder.Place], _ shape: Shape, on device: Device
  ) -> Tensor {
    var rows = [Int32](repeating: 0, count: shape.rows)
    for (token, place) in places.enumerated() where place.row < shape[1] && place.column < shape[2]
    {
      rows[(place.sample * shape[1] + place.row) * shape[2] + place.column] = Int32(token)
    }
    return Tensor(rows, [rows.count], on: device)
  }

  private static func relativePlaces(_ side: Int, on device: Device) -> Tensor {
    let tokens = side * side
    let entries = (0..<tokens * tokens).map { pair in
      let (key, query) = (pair / tokens, pair % tokens)
      let down = query / side - key / side + side - 1
      let right = query % side - key % side + side - 1
      return Int32(down * (2 * side - 1) + right)
    }
    return Tensor(entries, [entries.count], on: device)
  }
}

/// A window of a map.
private struct Window {
  /// Which of a window's parts come from the other side of the map.
  struct Edge: Equatable {
    let isLast, isRightmost: Bool

    static let all = [false, true].flatMap { last in
      [false, true].map { Edge(isLast: last, isRightmost: $0) }
    }

    /// What hides tokens that are no neighbours from each other, `[side², side²]`.
    func mask(_ side: Int, _ shift: Int, on device: Device) -> Tensor? {
      guard self != Self.all[0] else { return nil }
      func part(_ token: Int) -> [Bool] {
        [
          isLast && token / side >= side - shift, isRightmost && token % side >= side - shift,
        ]
      }
      let parts = (0..<side * side).map(part)
      // Transformers' number, whose exponential is next to nothing.
      let numbers = parts.flatMap { key in parts.map { $0 == key ? 0 : Float(-100) } }
      return Tensor(numbers, [side * side, side * side], on: device)
    }
  }

  let sample, row, column: Int
  let edge: Edge

  init(number: Int, rows: Int, columns: Int, isMoved: Bool) {
    sample = number / (rows * columns)
    row = number / columns % rows
    column = number % columns
    edge = Edge(
      isLast: isMoved && row == rows - 1, isRightmost: isMoved && column == columns - 1)
  }

  /// The pixels of the map that are the window's tokens.
  func places(side: Int, shift: Int, height: Int, width: Int) -> [TokenOrder.Place] {
    (0..<side * side).map { token in
      (
        sample, (row * side + token / side + shift) % height,
        (column * side + token % side + shift) % width
      )
    }
  }
}
