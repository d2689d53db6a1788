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
    let cells = (0..<rows * columns).map {
      isRepainted[$0 / columns * f * width + $0 % columns * f]
    }
    let grown = Self.grown(cells, columns: columns, by: growth)
    return Tensor(grown.map { $0 ? Float(1) : 0 }, [1, rows, columns, 1], on: device)
  }

  /// An image without what is repainted: zeros stand there, middle grey.
  func hidden(in image: Image, on device: Device) -> Tensor {
    let kept = Tensor(isRepainted.map { $0 ? Float(0) : 1 }, [1, height, width, 1], on: device)
    return image.tensor(on: device, in: .symmetric) * kept
  }

  /// Cells with their surroundings, up to `growth` cells away in rows and columns.
  private static func grown(_ cells: [Bool], columns: Int, by growth: Int) -> [Bool] {
    if growth == 0 { return cells }
    let rows = cells.count / columns
    return cells.indices.map { index in
      let (row, column) = (index / columns, index % columns)
      return (max(0, row - growth)...min(rows - 1, row + growth)).contains { y in
        (max(0, column - growth)...min(columns - 1, column + growth)).contains {
          cells[y * columns + $0]
        }
      }
    }
  }
}
