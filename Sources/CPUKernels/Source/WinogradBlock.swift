import CPUKernelInterface

/// Some tiles of a Winograd convolution, and the memory in which they are worked on.
struct WinogradBlock<F: Operands> {
  let arguments: ConvolutionArguments
  let tiles: Range<Int>
  /// Groups of T tiles; the last may be partly empty.
  let groups: Int
  /// Words between the transformed inputs of two tiles.
  let stride: Int
  /// A pixel outside the map.
  private let zeros: UnsafeMutablePointer<Float>
  /// One register of channels of one tile: 36 on the way in, 24 and 16 on the way out.
  let tile: UnsafeMutablePointer<Float>
  private let inputs: UnsafeMutablePointer<Word>
  private let sums: UnsafeMutablePointer<Float>
  /// Where inputs are integers: the transformed numbers of one tile, `[36, C]`.
  private let numbers: UnsafeMutablePointer<Float>
  /// Where inputs are integers: their scales, `[36, steps, tiles]`.
  private let scales: UnsafeMutablePointer<Float>

  /// Registers that ``tile`` holds.
  private static var tileLanes: Int { 40 }

  /// Words between the inputs of two tiles: a little more than they take, so that the rows of a product
  /// do not compete for the same places of the cache.
  private static func stride(_ channels: Int) -> Int { F.words(channels) + 16 }

  private static func steps(_ channels: Int) -> Int {
    F.steps(words: F.words(channels))
  }

  /// Words that a block takes.
  static func size(groups: Int, channels: Int) -> Int {
    let products = Winograd.positions * groups * Kernels.tileRows
    let forIntegers = Winograd.positions * channels + products * steps(channels)
    return products * (stride(channels) + Kernels.tileColumns) + tileLanes * Lanes.scalarCount
      + channels + (F.sumsAreIntegers ? forIntegers : 0)
  }

  init(
    _ arguments: ConvolutionArguments, tiles: Range<Int>, memory: UnsafeMutablePointer<Float>
  ) {
    (self.arguments, self.tiles) = (arguments, tiles)
    groups = (tiles.count + Kernels.tileRows - 1) / Kernels.tileRows
    stride = Self.stride(arguments.channels)
    let count = Winograd.positions * groups * Kernels.tileRows
    inputs = memory
    sums = inputs + count * stride
    tile = sums + count * Kernels.tileColumns
    zeros = tile + Self.tileLanes * Lanes.scalarCount
    numbers = zeros + arguments.channels
    scales = numbers + Winograd.positions * arguments.channels
    zeros.update(repeating: 0, count: arguments.channels)
  }

  /// Transformed inputs of one position from tile `index` on, a row of channels for each tile.
  @inline(always)
  func inputs(_ position: Int, _ index: Int) -> UnsafeMutablePointer<Word> {
    inputs + (position * groups * Kernels.tileRows + index) * stride
  }

  /// Products of one position from tile `index` on, `[tiles, P]`.
  @inline(always)
  func products(_ position: Int, _ index: Int) -> UnsafeMutablePointer<Float> {
    sums + (position * groups * Kernels.tileRows + index) * Kernels.tileColumns
  }

  /// What the sums of one step of a group of tiles are multiplied by.
  @inline(always)
  func scale(_ position: Int, _ step: Int, _ group: Int, columns: UnsafePointer<Float>)
    -> TileScale?
  {
    guard F.sumsAreIntegers else { return nil }
    return TileScale(
      rows: UnsafePointer(scales(position, step) + group * Kernels.tileRows), columns: columns)
  }

  /// The scales of one step of all tiles.
  @inline(always)
  private func scales(_ position: Int, _ step: Int) -> UnsafeMutablePointer<Float> {
    scales + (position * Self.steps(arguments.channels) + step) * groups * Kernels.tileRows
  }

  /// First result pixel of a tile: its sample, row and column.
  @inline(always)
  func origin(_ index: Int) -> (sample: Int, y: Int, x: Int) {
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
      guard F.sumsAreIntegers else {
        return transform(
          pixels, into: inputs(0, index), step: groups * Kernels.tileRows * stride)
      }
      transform(pixels, into: numbers, step: arguments.channels)
      for position in 0..<Winograd.positions { fix(position, index) }
    }
  }

  /// Writes the transformed numbers of one position as integers, and their scales.
  private func fix(_ position: Int, _ index: Int) {
    let (numbers, words) = (numbers + position * arguments.channels, inputs(position, index))
    for step in 0..<Self.steps(arguments.channels) {
      let first = step * F.stepLength
      let count = min(F.stepLength, arguments.channels - first)
      var extent = VectorExtent()
      for channel in Swift.stride(from: first, to: first + count, by: Lanes.scalarCount) {
        extent.include(Lanes(UnsafePointer(numbers + channel)))
      }
      let code = IntegerCode(factor: extent.factor)
      scales(position, step)[index] = code.scale
      F.store(numbers + first, count: count, into: words + step * F.stepDepth, code)
    }
  }

  /// The 6×6 pixels that a tile reads. Of an enlarged map, each is found where it came from.
  private func findPixels(_ index: Int, into pointers: UnsafeMutablePointer<UnsafePointer<Float>?>)
  {
    let (sample, y, x) = origin(index)
    let sampleStart =
      arguments.x + sample * arguments.height * arguments.width * arguments.channels
    let doublings = arguments.isEnlarged ? 1 : 0
    for i in 0..<Winograd.inputSide {
      for j in 0..<Winograd.inputSide {
        pointers[i * Winograd.inputSide + j] =
          arguments.pixel(
            Corner(
              sample: sampleStart, y: (y - 1 + i) >> doublings, x: (x - 1 + j) >> doublings),
            tap: 0) ?? UnsafePointer(zeros)
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
}
