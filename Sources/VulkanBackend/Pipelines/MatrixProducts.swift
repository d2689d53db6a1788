import CVulkan
import Tensors

/// Which variant of a product's shader runs on a device's matrix units.
struct MatrixProducts: Sendable {
  /// How the units are used.
  let units: MatrixUnits
  /// Threads that go in step where the units are used.
  let subgroupSize: Int
  private let shapes: [MatrixShape]

  /// Rows of results of the fragments that shaders exist for, the best first; they are 16 columns wide
  /// and 16 products deep.
  private let fragmentRows: [Int]
  /// Subgroups of a workgroup; see `units.slang`.
  fileprivate static let subgroups = 8
  /// Bytes of the largest tile, with the staged results.
  private static let sharedMemorySize = 29184
  /// Threads of a workgroup that multiplies its matrices.
  fileprivate static let workgroupSize = 256
  /// Most channels of the heads that shaders exist for, with units and without.
  private static let unitWidths = [48, 64, 80, 160]
  private static let panelWidths = [64, 128, 160]
  /// Workgroups that keep large devices busy.
  private static let enoughTiles = 128

  /// - Parameter wanted: How units shall be used; by fragments of subgroups, if at all, when absent.
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
    units = wanted ?? min(possible, .khr)
    shapes = device.matrixShapes
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

  /// Whether workgroups multiply matrices in a precision, and they are used for that.
  private func multipliesWorkgroups(_ precision: ProductPrecision) -> Bool {
    units == .nv2
      && shapes.contains {
        $0.precision == precision && $0.workgroupSize == Self.workgroupSize
          && $0.includes(rows: 64, columns: 64, depth: 32)
      }
  }

  /// A shader for products of some size.
  struct Variant {
    let shader: String
    let grid: Grid
    /// Threads that go in step; 0 where the shader need not know.
    var subgroupSize = 0
  }

  /// The shader for a product of `rows` × `outputs` results: large tiles read less memory, small ones
  /// keep a device busy that has many processors.
  func variant(
    _ precision: ProductPrecision, rows: Int, outputs: Int, _ constants: Constants
  ) -> Variant {
    if multipliesWorkgroups(precision) && !constants.isGated {
      return workgroupVariant(precision, rows: rows, outputs: outputs, constants)
    }
    guard let unitRows = fragmentRows(precision) else {
      return Variant(
        shader: "conv2D_\(precision.rawValue)",
        grid: Grid(rows: rows, outputs: outputs, tile: (64, 64)))
    }
    let large = Grid(rows: rows, outputs: outputs, tile: (128, 128))
    let isLarge = unitRows == 16 && large.count >= Self.enoughTiles
    let tile = isLarge ? 128 : 64
    return Variant(
      shader: "conv2D_khr\(unitRows)_\(tile)_\(precision.rawValue)",
      grid: Grid(rows: rows, outputs: outputs, tile: (tile, tile)), subgroupSize: subgroupSize)
  }

  /// The shader whose workgroups multiply whole matrices: from memory where rows of halves are all that a
  /// product reads, through shared memory elsewhere.
  private func workgroupVariant(
    _ precision: ProductPrecision, rows: Int, outputs: Int, _ constants: Constants
  ) -> Variant {
    let readsMemory = constants.isMatrix && constants.inputs != .float32
    let large = Grid(rows: rows, outputs: outputs, tile: (128, readsMemory ? 256 : 128))
    let isLarge = large.count >= Self.enoughTiles
    let grid = isLarge ? large : Grid(rows: rows, outputs: outputs, tile: (64, 64))
    let name =
      readsMemory
      ? "matmul_nv2_\(isLarge ? "128x256" : "64x64")" : "conv2D_nv2_\(isLarge ? 128 : 64)"
    return Variant(
      shader: "\(name)_\(precision.rawValue)", grid: grid,
      subgroupSize: readsMemory ? 0 : Self.workgroupSize / Self.subgroups)
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
      && Int(limits.maxComputeSharedMemorySize) >= sharedMemorySize
      && device.matrixShapes.contains { $0.isOfSubgroup(rows: 16) || $0.isOfSubgroup(rows: 8) }
  }
}

extension MatrixShape {
  /// Whether a subgroup's units multiply fragments of so many rows, 16 columns and 16 products.
  fileprivate func isOfSubgroup(rows: Int) -> Bool {
    workgroupSize == nil && includes(rows: rows, columns: 16, depth: 16)
  }
}

extension MatrixUnits {
  /// The best way to reach a device's units.
  init(_ device: PhysicalDevice) {
    let hasWorkgroups =
      device.features.hasWorkgroupUnits
      && device.subgroupSizes.contains(MatrixProducts.workgroupSize / MatrixProducts.subgroups)
      && device.matrixShapes.contains { $0.workgroupSize == MatrixProducts.workgroupSize }
    self = !MatrixProducts.run(on: device) ? .none : hasWorkgroups ? .nv2 : .khr
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
