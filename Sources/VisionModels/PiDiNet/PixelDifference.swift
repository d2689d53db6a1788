import Checkpoints
import NeuralLayers
import Tensors

/// How a convolution of PiDiNet compares pixels: each kind is a plain convolution whose kernel is made of the stored one
/// by sums and differences, once, when it is loaded.
///
/// Source: Su et al., "Pixel Difference Networks for Efficient Edge Detection", ICCV 2021, arXiv 2108.07009.
enum PixelDifference: CaseIterable {
  /// Pixels with the middle one.
  case central
  /// Pixels with their neighbours around the middle, clockwise.
  case angular
  /// Pixels with those one step further out, in a kernel of 5×5.
  case radial
  /// Nothing: the convolution as it is.
  case none

  /// Kinds of a network's layers: these four in turn.
  static func layer(_ index: Int) -> PixelDifference { allCases[index % allCases.count] }

  /// Reads a layer without a bias; `weight` is `[outputs, inputs / groups, 3, 3]`.
  func convolution(
    _ p: Parameters, from inputs: Int, to outputs: Int, groups: Int = 1,
    activation: Activation = .identity
  ) throws -> Conv2D {
    let stored = try p.tensor("weight", [outputs, inputs / groups, 3, 3])
    let folded = stored.reshaped([outputs * inputs / groups, 9])
      .matmul(
        PackedWeight(matrix: Tensor(rows.flatMap { $0 }, [rows.count, 9], on: stored.device)))
    let side = self == .radial ? 5 : 3
    return Conv2D(
      p.pack(folded.reshaped([outputs, inputs / groups, side, side]), groups: groups),
      activation: activation)
  }

  /// For each tap of the plain kernel, its share of each stored one.
  private var rows: [[Float]] {
    switch self {
    case .none: (0..<9).map { Self.row(plus: $0) }
    case .central: (0..<9).map { $0 == 4 ? (0..<9).map { $0 == 4 ? 0 : -1 } : Self.row(plus: $0) }
    case .angular: zip(0..<9, [3, 0, 1, 6, 4, 2, 7, 8, 5]).map { Self.row(plus: $0, minus: $1) }
    case .radial: Self.radialRows
    }
  }

  private static func row(plus: Int? = nil, minus: Int? = nil) -> [Float] {
    (0..<9).map { ($0 == plus ? 1 : 0) - ($0 == minus ? 1 : 0) }
  }

  /// The stored taps but the first lie on the outer ring, and with the other sign on the inner one.
  private static var radialRows: [[Float]] {
    var rows = [[Float]](repeating: row(), count: 25)
    for (tap, (outer, inner)) in zip(
      [0, 2, 4, 10, 14, 20, 22, 24], [6, 7, 8, 11, 13, 16, 17, 18]
    ).enumerated() {
      rows[outer] = row(plus: tap + 1)
      rows[inner] = row(minus: tap + 1)
    }
    return rows
  }
}
