public import ImageFiles
public import Tensors

extension Image {
  /// The image as numbers, `[1, height, width, channels]`.
  ///
  /// - Parameters:
  ///   - device: Where the numbers go.
  ///   - range: Which numbers are black and white.
  public func tensor(on device: Device, in range: PixelRange = .unit) -> Tensor {
    // There are 256 samples: a table is faster than as many computations as there are pixels.
    let numbers = (UInt8.min...UInt8.max).map(range.number)
    return Tensor(pixels.map { numbers[Int($0)] }, [1, height, width, channels], on: device)
  }

  /// Images of numbers. Waits for the device.
  ///
  /// - Parameters:
  ///   - tensor: `[N, height, width, channels]` with 1 or 3 channels. Numbers out of range are clamped; a NaN traps.
  ///   - range: Which numbers are black and white.
  /// - Returns: `N` images, each sample rounded to the nearest of 8 bits.
  public static func all(of tensor: Tensor, in range: PixelRange = .unit) -> [Image] {
    precondition(
      tensor.shape.rank == 4, "Image: \(tensor.shape) is no batch [N, height, width, channels]")
    return (0..<tensor.shape[0]).map { index in
      let sample = tensor.samples(index..<index + 1)
      return Image(sample.floats(), sample.shape, in: range)
    }
  }

  /// The image of one sample's numbers.
  ///
  /// - Parameters:
  ///   - numbers: Row by row. Numbers out of range are clamped; a NaN traps.
  ///   - shape: `[1, height, width, channels]` with 1 or 3 channels.
  ///   - range: Which numbers are black and white.
  public init(_ numbers: [Float], _ shape: Shape, in range: PixelRange) {
    precondition(
      shape.rank == 4 && shape[0] == 1 && shape.count == numbers.count,
      "Image: \(numbers.count) numbers are no sample of \(shape), [1, height, width, channels]")
    precondition(!numbers.contains(where: \.isNaN), "Image: a number that is NaN has no colour")
    self.init(
      width: shape[2], height: shape[1], channels: shape[3], pixels: numbers.map(range.sample))
  }
}
