package import CPUKernelInterface

extension Kernels {
  package static func resize(
    _ x: UnsafePointer<Float>, width: Int, channels: Int, lines: ArraySlice<ResizeTap>,
    columns: [ResizeTap], into y: UnsafeMutablePointer<Float>
  ) {
    let taps = lines.count
    for pixel in 0..<columns.count / taps {
      let columns = columns[pixel * taps..<(pixel + 1) * taps]
      forEachLanes(channels) { c, lanes in
        var v = Lanes()
        for line in lines {
          let row = x + line.pixel * width * channels + c
          var sum = Lanes()
          for column in columns {
            let weight = Lanes(repeating: column.weight)
            sum = sum.adding(load(row + column.pixel * channels, lanes), times: weight)
          }
          v = v.adding(sum, times: Lanes(repeating: line.weight))
        }
        store(v, y + pixel * channels + c, lanes)
      }
    }
  }
}
