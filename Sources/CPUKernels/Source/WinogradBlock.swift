import CPUKernelInterface

/// Some tiles of a Winograd convolution, and the memory in which they are worked on.
struct WinogradBlock {
  let arguments: ConvolutionArguments
  let tiles: Range<Int>
  /// Groups of T tiles; the last may be partly empty.
  let groups: Int
  /// A pixel outside the map.
  let zeros: UnsafeMutablePointer<Float>
  /// One register of channels of one tile: 36 on the way in, 24 and 16 on the way out.
  private let tile: UnsafeMutablePointer<Float>
  private let rows: UnsafeMutablePointer<Float>
  private let interleaved: UnsafeMutablePointer<Float>
  private let sums: UnsafeMutablePointer<Float>

  /// Registers that ``tile`` holds.
  static var tileLanes: Int { 40 }

  init(
    _ arguments: ConvolutionArguments, tiles: Range<Int>, groups: Int,
    memory: UnsafeMutablePointer<Float>
  ) {
    (self.arguments, self.tiles, self.groups) = (arguments, tiles, groups)
    let count = groups * Kernels.tileRows
    interleaved = memory
    sums = interleaved + Winograd.positions * count * arguments.channels
    rows = sums + Winograd.positions * count * Kernels.tileColumns
    tile = rows + Winograd.positions * Kernels.tileRows * Kernels.blockDepth
    zeros = tile + Self.tileLanes * Lanes.scalarCount
  }

  /// Transformed inputs of one position and group, `[C, T]`.
  @inline(always)
  func inputs(_ position: Int, _ group: Int) -> UnsafeMutablePointer<Float> {
    interleaved + (position * groups + group) * arguments.channels * Kernels.tileRows
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

  /// Transforms the inputs of T tiles and interleaves them, some channels at a time.
  func transformInputs(_ group: Int) {
    let (channels, depth) = (arguments.channels, Kernels.blockDepth)
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<Float>?.self, capacity: Winograd.positions
    ) { memory in
      guard let pointers = memory.baseAddress else { return }
      var channel = 0
      while channel < channels {
        let count = min(depth, channels - channel)
        for r in 0..<Kernels.tileRows where group * Kernels.tileRows + r < tiles.count {
          findPixels(group * Kernels.tileRows + r, into: pointers)
          transform(pointers, channel..<channel + count, into: rows + r * depth)
        }
        for position in 0..<Winograd.positions {
          for r in 0..<Kernels.tileRows {
            pointers[r] =
              group * Kernels.tileRows + r < tiles.count
              ? UnsafePointer(rows + (position * Kernels.tileRows + r) * depth) : nil
          }
          Kernels.interleave(
            pointers, width: Kernels.tileRows, offset: 0, count: count,
            into: inputs(position, group) + channel * Kernels.tileRows)
        }
        channel += count
      }
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

  /// Bᵀ d B of one tile; `target` receives a row for each position, T·blockDepth floats apart.
  private func transform(
    _ pixels: UnsafeMutablePointer<UnsafePointer<Float>?>, _ channels: Range<Int>,
    into target: UnsafeMutablePointer<Float>
  ) {
    let stride = Kernels.tileRows * Kernels.blockDepth
    @inline(always)
    func pixel(_ index: Int, _ channel: Int) -> Lanes {
      Lanes(pixels[index].unsafelyUnwrapped + channel)
    }
    var channel = channels.lowerBound
    while channel < channels.upperBound {
      for j in 0..<Winograd.inputSide {
        let six = Winograd.input(
          (
            pixel(j, channel), pixel(6 + j, channel), pixel(12 + j, channel),
            pixel(18 + j, channel), pixel(24 + j, channel), pixel(30 + j, channel)
          ))
        Winograd.store(six, tile + j * Lanes.scalarCount, stride: 6 * Lanes.scalarCount)
      }
      for i in 0..<Winograd.inputSide {
        let row = Winograd.load(tile + 6 * i * Lanes.scalarCount, stride: Lanes.scalarCount)
        Winograd.store(
          Winograd.input(row), target + 6 * i * stride + channel - channels.lowerBound,
          stride: stride)
      }
      channel += Lanes.scalarCount
    }
  }

  /// Aᵀ m A of one tile and panel, written where the result wants it and finished there.
  func transformResult(_ index: Int, panel: Int) {
    let (sample, y, x) = origin(index)
    let (outputs, column) = (arguments.outputs, panel * Kernels.tileColumns)
    let columns = min(Kernels.tileColumns, outputs - column)
    let width = min(Winograd.resultSide, arguments.outWidth - x)
    let height = min(Winograd.resultSide, arguments.outHeight - y)
    let first = (sample * arguments.outHeight + y) * arguments.outWidth + x
    var lane = 0
    while lane < columns {
      let count = min(Lanes.scalarCount, columns - lane)
      transformLanes(index, lane)
      for i in 0..<height {
        for j in 0..<width {
          let pixel = first + i * arguments.outWidth + j
          let value = Lanes(UnsafePointer(tile + (4 * i + j) * Lanes.scalarCount))
          Kernels.store(value, arguments.y + pixel * outputs + column + lane, count)
        }
      }
      lane += Lanes.scalarCount
    }
    for i in 0..<height {
      Kernels.finish(
        arguments, row: first + i * arguments.outWidth, rows: width, column: column,
        columns: columns)
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
