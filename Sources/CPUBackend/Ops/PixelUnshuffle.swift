public import Tensors

extension CPUBackend {
  /// Moves blocks of pixels into channels.
  public func pixelUnshuffle(_ x: Tensor, into y: Tensor, factor: Int) {
    let (width, channels) = (x.shape[2], x.shape[3])
    forEachRow(of: y) { sample, row, target in
      let source = x.floatPointer + (sample * x.shape[1] + row * factor) * width * channels
      for column in 0..<y.shape[2] {
        let pixel = target + column * y.shape[3]
        for c in 0..<channels {
          for dy in 0..<factor {
            for dx in 0..<factor {
              pixel[(c * factor + dy) * factor + dx] =
                source[(dy * width + column * factor + dx) * channels + c]
            }
          }
        }
      }
    }
  }
}
