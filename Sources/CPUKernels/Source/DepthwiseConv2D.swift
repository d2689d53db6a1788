package import CPUKernelInterface

extension Kernels {
  package static func convolveChannels(_ arguments: ConvolutionArguments, rows: Range<Int>) {
    let channels = arguments.channels
    for row in rows {
      let corner = arguments.corner(of: row)
      let y = arguments.y + row * channels
      y.update(repeating: 0, count: channels)
      for tap in 0..<arguments.taps {
        guard let pixel = arguments.pixel(corner, tap: tap) else { continue }
        let weight = arguments.weight + tap * channels
        forEachLanes(channels) { c, lanes in
          let sum = load(UnsafePointer(y + c), lanes)
          store(sum.adding(load(pixel + c, lanes), times: load(weight + c, lanes)), y + c, lanes)
        }
      }
    }
    finish(arguments, rows: rows)
  }
}
