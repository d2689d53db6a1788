import ImageFiles
import ImageTensors
import Tensors

/// Which pixels of an image are repainted, as diffusers' `VaeImageProcessor` reads a mask.
struct InpaintingMask: Sendable {
  let width, height: Int
  /// Row by row.
  let isRepainted: [Bool]

  /// Reads a mask: resized in 8 bits as a photograph would be, then grey, then cut in the middle.
  init(_ image: Image, width: Int, height: Int) {
    self.width = width
    self.height = height
    let grey = image.resized(width: width, height: height, .lanczos).grey()
    isRepainted = grey.pixels.map { $0 >= 128 }
  }

  /// The mask of the latents, `[1, height/f, width/f, 1]`: 1 where they are repainted. Every f-th pixel is taken, from
  /// the first one on, as `interpolate` of PyTorch does.
  func latents(downscaleFactor f: Int, growing growth: Int = 0, on device: Device) -> Tensor {
    let (rows, columns) = (height / f, width / f)
    let cells = Image(
      width: columns, height: rows, channels: 1,
      pixels: (0..<rows * columns).map {
        isRepainted[$0 / columns * f * width + $0 % columns * f] ? 255 : 0
      })
    return cells.grown(by: growth).tensor(on: device)
  }

  /// An image without what is repainted: zeros stand there, middle grey.
  func hidden(in image: Image, on device: Device) -> Tensor {
    let kept = Tensor(isRepainted.map { $0 ? Float(0) : 1 }, [1, height, width, 1], on: device)
    return image.tensor(on: device, in: .symmetric) * kept
  }
}
