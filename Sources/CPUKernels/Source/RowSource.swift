import CPUKernelInterface

/// Where the inputs of one result row lie: the window's corner in its sample.
struct Corner {
  var sample: UnsafePointer<Float>
  var y, x: Int
  /// The row of the result.
  var target = 0
}

extension ConvolutionArguments {
  /// The corner of the window that yields result row `row`.
  @inline(always)
  func corner(of row: Int) -> Corner {
    let (pixel, sample) = (row % (outHeight * outWidth), row / (outHeight * outWidth))
    return Corner(
      sample: x + sample * height * width * channels,
      y: pixel / outWidth * stride - top, x: pixel % outWidth * stride - left,
      target: target(of: row))
  }

  /// The input pixel that tap `tap` of a window reads; nil where it is padded with zeros.
  @inline(always)
  func pixel(_ corner: Corner, tap: Int) -> UnsafePointer<Float>? {
    var (y, x) = (
      corner.y + tap / kernelWidth * dilation, corner.x + tap % kernelWidth * dilation
    )
    if y < 0 || y >= height || x < 0 || x >= width {
      if !reflects { return nil }
      y = y < 0 ? -y : (y >= height ? 2 * height - 2 - y : y)
      x = x < 0 ? -x : (x >= width ? 2 * width - 2 - x : x)
    }
    return corner.sample + (y * width + x) * channels
  }
}
