package import CPUKernelInterface

extension Kernels {
  package static func gatherRows(
    _ arguments: ConvolutionArguments, rows: Range<Int>, into: UnsafeMutablePointer<Float>
  ) {
    let (channels, taps) = (arguments.channels, arguments.taps)
    var target = into
    for row in rows {
      let corner = arguments.corner(of: row)
      for tap in 0..<taps {
        if let pixel = arguments.pixel(corner, tap: tap) {
          target.update(from: pixel, count: channels)
        } else {
          target.update(repeating: 0, count: channels)
        }
        target += channels
      }
    }
  }
}
