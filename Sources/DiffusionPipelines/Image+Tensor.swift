import ImageFiles
import TensorCore

extension Image {
  /// The picture as numbers in 0 ... 1, `[1, H, W, channels]`.
  func tensor(on device: Device) -> Tensor {
    Tensor(pixels.map { Float($0) / 255 }, [1, height, width, channels], on: device)
  }

  /// Pictures of a decoder's output, `[N, H, W, 3]` in −1 ... 1, clamped and rounded as diffusers does.
  static func all(decoded: Tensor) -> [Image] {
    let (height, width, channels) = (decoded.shape[1], decoded.shape[2], decoded.shape[3])
    return (0..<decoded.shape[0]).map { sample in
      let pixels = decoded.samples(sample..<sample + 1).floats().map { value in
        UInt8((min(max(value / 2 + 0.5, 0), 1) * 255).rounded(.toNearestOrEven))
      }
      return Image(width: width, height: height, channels: channels, pixels: pixels)
    }
  }

  /// Whether every pixel has the same colour.
  var isConstant: Bool {
    pixels.indices.allSatisfy { pixels[$0] == pixels[$0 % channels] }
  }
}
