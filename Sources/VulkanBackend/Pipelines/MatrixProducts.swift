import CVulkan
import Tensors

/// Which variant of a product's shader runs on a device's matrix units.
struct MatrixProducts: Sendable {
  /// How the units are used.
  let units: MatrixUnits
  /// Threads that go in step where the units are used.
  let subgroupSize: Int
  private let shapes: [MatrixShape]
  private let sharedMemorySize: Int

  /// Rows of results of the fragments that shaders exist for, the best first; they are 16 columns wide
  /// and 16 products deep.
  private let fragmentRows: [Int]
  /// Subgroups of a workgroup; see `units.slang`.
  fileprivate static let subgroups = 8
  /// Bytes that every shader may share, and those of the large tiles in `conv2d_khr_fp16.slang`.
  private static let commonSize = 29184
  private static let largeTileSize = 35840
  /// Most channels of the heads that shaders exist for, with units and without.
  private static let unitWidths = [48, 64, 80, 160]
  private static let panelWidths = [64, 128, 160]
  /// About as many processors as large devices have.
  private static let processors = 128
  /// The least number of products that are worth a part.
  private static let leastPart = 512

  /// - Parameter wanted: How units shall be used; in the best way that there is when absent.
  /// - Throws: ``VulkanError`` when the device cannot do what is wanted.
  init(_ device: PhysicalDevice, _ wanted: MatrixUnits?, fragmentRows: [Int]) throws {
    self.fragmentRows = fragmentRows
    let possible = MatrixUnits(device)
    if let wanted, wanted > possible {
      throw VulkanError(
        .noDevice,
        "\(text(device.properties.deviceName)) has no matrix units by \(wanted); found \(possible)."
          + " A newer driver may have them.")
    }
    units = wanted ?? possible
    shapes = device.matrixShapes
    sharedMemorySize = Int(device.properties.limits.maxComputeSharedMemorySize)
    // Units of eight rows are those that want the smallest subgroups.
    let isSmall = !shapes.contains { $0.isOfSubgroup(rows: 16) }
    subgroupSize = isSmall ? device.subgroupSizes.lowerBound : device.subgroupSize
  }

  /// Rows of the fragments that the units multiply; nil where products in a precision go without.
  func fragmentRows(_ precision: ProductPrecision) -> Int? {
    if units == .none { return nil }
    return fragmentRows.first { rows in
      shapes.contains { $0.precision == precision && $0.isOfSubgroup(rows: rows) }
    }
  }

  /// A shader for products of some size.
  struct Variant {
    let shader: String
    let grid: Grid
    /// Threads that go in step; 0 where the shader need not know.
    var subgroupSize = 0
    /// Parts of the products that are summed by themselves, and then joined.
    var splits = 1
  }

  /// The shader for a product with results of a shape, `[samples, height, width, outputs]`: large tiles read
  /// less memory, small ones keep a device busy that has many processors.
  ///
  /// - Parameter outputs: Those of the weight, gates included.
  func variant(
    _ precision: ProductPrecision, into y: Shape, outputs: Int, products: Int,
    _ constants: Constants
  ) -> Variant {
    guard let unitRows = fragmentRows(precision), precision == .bfloat16 || constants.readsEights
    else {
      return Variant(
        shader: "conv2D_\(precision.rawValue)",
        grid: Grid(rows: y.rows, outputs: outputs, tile: (64, 64)))
    }
    let splits =
      constants.isMatrix || !constants.writesEights
      ? 1 : splits(precision, into: y, products: products)
    let large = Grid(rows: y.rows, outputs: outputs, tile: (128, 128))
    let isLarge =
      unitRows == 16 && hasLargeTiles(precision)
      && large.count * splits >= (precision == .float16 ? Self.processors / 2 : Self.processors)
    let tile = isLarge ? 128 : 64
    var grid = isLarge ? large : Grid(rows: y.rows, outputs: outputs, tile: (64, 64))
    if splits > 1 { grid.z = UInt32(splits) }
    return Variant(
      shader: "conv2D_khr\(unitRows)_\(tile)_\(precision.rawValue)", grid: grid,
      subgroupSize: subgroupSize, splits: splits)
  }

  /// The parts in which the products of a convolution are summed, where tiles of their results are fewer than
  /// a large device has processors.
  ///
  /// They depend on the shape of one sample alone, as if there were two, so that no result depends on the batch.
  func splits(_ precision: ProductPrecision, into y: Shape, products: Int) -> Int {
    guard precision == .float16, fragmentRows(precision) != nil, y[3] % 8 == 0 else { return 1 }
    let pair = Grid(rows: 2 * y[1] * y[2], outputs: y[3], tile: (128, 128))
    return max(1, min(Self.processors / pair.count, products / Self.leastPart))
  }

  /// Whether a device runs the shader with tiles of 128 × 128.
  private func hasLargeTiles(_ precision: ProductPrecision) -> Bool {
    precision != .float16 || subgroupSize >= 32 && sharedMemorySize >= Self.largeTileSize
  }

  /// The shader for attention with heads of some number of channels.
  func attention(
    _ precision: ProductPrecision, headSize: Int, queries: Int, heads: Int, samples: Int
  ) -> Variant {
    if fragmentRows(precision) == 16, let width = Self.unitWidths.first(where: { $0 >= headSize }) {
      return Variant(
        shader: "attention_khr\(width)_\(precision.rawValue)",
        grid: Grid((queries + 63) / 64, heads, samples), subgroupSize: subgroupSize)
    }
    // Larger heads are divided into panels of values, each of which computes their scores again.
    let width = Self.panelWidths.first { $0 >= headSize } ?? 128
    let panels = (headSize + width - 1) / width
    return Variant(
      shader: "attention\(width)_\(precision.rawValue)",
      grid: Grid((queries + 31) / 32, heads * panels, samples))
  }

  /// Whether a device has what the shaders with units need.
  fileprivate static func run(on device: PhysicalDevice) -> Bool {
    let limits = device.properties.limits
    let most = subgroups * device.subgroupSizes.upperBound
    return device.subgroupSizes.lowerBound >= 8 && device.hasShuffles
      && most <= Int(limits.maxComputeWorkGroupInvocations)
      && Int(limits.maxComputeSharedMemorySize) >= commonSize
      && device.matrixShapes.contains { $0.isOfSubgroup(rows: 16) || $0.isOfSubgroup(rows: 8) }
  }
}

extension MatrixShape {
  /// Whether a subgroup's units multiply fragments of so many rows, 16 columns and 16 products.
  fileprivate func isOfSubgroup(rows: Int) -> Bool {
    includes(rows: rows, columns: 16, depth: 16)
  }
}

extension MatrixUnits {
  /// The best way to reach a device's units.
  init(_ device: PhysicalDevice) {
    self = MatrixProducts.run(on: device) ? .khr : .none
  }
}

extension Grid {
  /// Tiles of a product: see `corner` in `product.slang`.
  fileprivate init(rows: Int, outputs: Int, tile: (rows: Int, outputs: Int)) {
    let lines = (rows + tile.rows - 1) / tile.rows
    self.init(
      (outputs + tile.outputs - 1) / tile.outputs, min(lines, Grid.width),
      (lines + Grid.width - 1) / Grid.width)
  }

  fileprivate var count: Int { Int(x) * Int(y) * Int(z) }
}
