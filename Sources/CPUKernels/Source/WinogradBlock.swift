import CPUKernelInterface

/// Some tiles of a Winograd convolution, and the memory in which they are worked on.
struct WinogradBlock {
  let arguments: ConvolutionArguments
  let tiles: Range<Int>
  /// Groups of T tiles; the last may be partly empty.
  let groups: Int
  /// A pixel outside the map.
  let zeros: UnsafeMutablePointer<Float>
  /// Floats between the transformed inputs of two tiles.
  let stride: Int
  /// One register of channels of one tile: 36 on the way in, 24 and 16 on the way out.
  private let tile: UnsafeMutablePointer<Float>
  private let inputs: UnsafeMutablePointer<Float>
  private let sums: UnsafeMutablePointer<Float>

  /// Registers that ``tile`` holds.
  static var tileLanes: Int { 40 }

  /// A little more than the channels, so that the rows of a product do not compete for the same places
  /// of the cache.
  static func stride(_ channels: Int) -> Int { channels + 16 }

  init(
    _ arguments: ConvolutionArguments, tiles: Range<Int>, groups: Int,
    memory: UnsafeMutablePointer<Float>
  ) {
    (self.arguments, self.tiles, self.groups) = (arguments, tiles, groups)
    stride = Self.stride(arguments.channels)
    let count = Winograd.positions * groups * Kernels.tileRows
    inputs = memory
    sums = inputs + count * stride
    tile = sums + count * Kernels.tileColumns
    zeros = tile + Self.tileLanes * Lanes.scalarCount
  }

  /// Transformed inputs of one position from tile `index` on, a row of channels for each tile.
  @inline(always)
  func inputs(_ position: Int, _ index: Int) -> UnsafeMutablePointer<Float> {
    inputs + (position * groups * Kernels.tileRows + index) * stride
  }

  /// Products of one position from tile `index` on, `[tiles, P]`.
  @inline(always)
  func products(_ position: Int, _ index: Int) -> UnsafeMutablePointer<Float> {
    sums + (position * groups * Kernels.tileRows + index) * Kernels.tileColumns
  }

  /// First result pixel of a tile: its sample, row and column.
  @inline(always)
  private func origin(_ index: Int) -> (sample: Int, y: Int, x: Int) {
    let side = Winograd.resultSide
    let columns = (arguments.outWidth + side - 1) / side
    let perSample = columns * ((arguments.outHeight + side - 1) / side)
    let number = tiles.lowerBound + index
    let inSample = number % perSample
    return (number / perSample, inSample / columns * side, inSample % columns * side)
  }

  /// Bᵀ d B of one tile.
  func transformInputs(_ index: Int) {
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<Float>?.self, capacity: Winograd.positions
    ) { memory in
      guard let pixels = memory.baseAddress else { return }
      findPixels(index, into: pixels)
      transform(pixels, into: inputs(0, index), step: groups * Kernels.tileRows * stride)
    }
  }

  /// The 6×6 pixels that a tile reads.
  private func findPixels(_ index: Int, into pointers: UnsafeMutablePointer<UnsafePointer<Float>?>)
  {
    let (sample, y, x) = origin(index)
    let corner = Corner(
      sample: arguments.x + sample * arguments.height * arguments.width * arguments.channels,
      y: y - 1, x: x - 1)
    for i in 0..<Winograd.inputSide {
      for j in 0..<Winograd.inputSide {
        pointers[i * Winograd.inputSide + j] =
          arguments.pixel(Corner(sample: corner.sample, y: corner.y + i, x: corner.x + j), tap: 0)
          ?? UnsafePointer(zeros)
      }
    }
  }

  /// `target` receives a row of channels for each position, `step` floats apart.
  private func transform(
    _ pixels: UnsafeMutablePointer<UnsafePointer<Float>?>,
    into target: UnsafeMutablePointer<Float>, step: Int
  ) {
    @inline(always)
    func pixel(_ index: Int, _ channel: Int) -> Lanes {
      Lanes(pixels[index].unsafelyUnwrapped + channel)
    }
    let lanes = Lanes.scalarCount
    for channel in Swift.stride(from: 0, to: arguments.channels, by: lanes) {
      for j in 0..<Winograd.inputSide {
        let six = Winograd.input(
          (
            pixel(j, channel), pixel(6 + j, channel), pixel(12 + j, channel),
            pixel(18 + j, channel), pixel(24 + j, channel), pixel(30 + j, channel)
          ))
        Winograd.store(six, tile + j * lanes, stride: 6 * lanes)
      }
      for i in 0..<Winograd.inputSide {
        let row = Winograd.load(tile + 6 * i * lanes, stride: lanes)
        Winograd.store(
          Winograd.input(row), target + 6 * i * step + channel, stride: step)
      }
    }
  }

  /// Aᵀ m A of one tile and panel, finished and written where the result wants it.
  func transformResult(_ index: Int, panel: Int) {
    let (sample, y, x) = origin(index)
    let column = panel * Kernels.tileColumns
    let columns = min(Kernels.tileColumns, arguments.outputs - column)
    let width = min(Winograd.resultSide, arguments.outWidth - x)
    let height = min(Winograd.resultSide, arguments.outHeight - y)
    let first = (sample * arguments.outHeight + y) * arguments.outWidth + x
    withActivation(arguments.epilogue.activation) { apply in
      forEachLanes(columns) { lane, lanes in
        transformLanes(index, lane)
        for i in 0..<height {
          for j in 0..<width {
            Kernels.finish(
              Lanes(UnsafePointer(tile + (4 * i + j) * Lanes.scalarCount)), arguments,
              sample: sample, row: first + i * arguments.outWidth + j, column: column + lane, lanes,
              apply)
          }
        }
      }
    }
  }

  /// Leaves the 4×4 results of one register of outputs at the beginning of `tile`.
  @inline(always)
  private func transformLanes(_ index: Int, _ lane: Int) {
    let step = groups * Kernels.tileRows * Kernels.tileColumns
    let lanes = Lanes.scalarCount
    // Rows first: the 4×6 intermediate values stand behind the 16 results.
    let half = tile + 16 * lanes
    for j in 0..<6 {
      let column = Winograd.result(
        Winograd.load(products(j, index) + lane, stride: 6 * step))
      column.0.store(half + j * lanes)
      column.1.store(half + (6 + j) * lanes)
      column.2.store(half + (12 + j) * lanes)
      column.3.store(half + (18 + j) * lanes)
    }
    for i in 0..<4 {
      let row = Winograd.result(Winograd.load(half + 6 * i * lanes, stride: lanes))
      row.0.store(tile + 4 * i * lanes)
      row.1.store(tile + (4 * i + 1) * lanes)
      row.2.store(tile + (4 * i + 2) * lanes)
      row.3.store(tile + (4 * i + 3) * lanes)
    }
  }
}
