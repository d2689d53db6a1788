package import CPUKernelInterface

extension Kernels {
  package static func pool(
    _ arguments: PoolArguments, sample: Int, row: Int, into y: UnsafeMutablePointer<Float>
  ) {
    let a = arguments
    let map = a.x + sample * a.height * a.width * a.channels
    let top = row * a.stride - a.top
    let lines = (top..<top + a.windowHeight).clamped(to: 0..<a.height)
    let countedLines = (top..<top + a.windowHeight).clamped(to: a.countedLines).count
    for pixel in 0..<a.outWidth {
      let left = pixel * a.stride - a.left
      let columns = (left..<left + a.windowWidth).clamped(to: 0..<a.width)
      let target = y + pixel * a.channels
      if a.isMean {
        let counted = (left..<left + a.windowWidth).clamped(to: a.countedColumns).count
        let divisor = Lanes(repeating: Float(countedLines * counted))
        reduce(map, a, lines, columns, from: 0, into: target) {
          $0 + $1
        } finish: {
          $0 / divisor
        }
      } else {
        reduce(map, a, lines, columns, from: -.infinity, into: target) {
          $0.replacing(with: $1, where: ($1 .> $0) .| ($1 .!= $1))
        } finish: {
          $0
        }
      }
    }
  }

  /// One pixel, whose channels are each made of those of a window.
  @inline(always)
  private static func reduce(
    _ map: UnsafePointer<Float>, _ a: PoolArguments, _ lines: Range<Int>, _ columns: Range<Int>,
    from start: Float, into y: UnsafeMutablePointer<Float>, _ join: (Lanes, Lanes) -> Lanes,
    finish: (Lanes) -> Lanes
  ) {
    forEachLanes(a.channels) { c, lanes in
      var v = Lanes(repeating: start)
      for line in lines {
        for column in columns {
          v = join(v, load(map + (line * a.width + column) * a.channels + c, lanes))
        }
      }
      store(finish(v), y + c, lanes)
    }
  }
}
