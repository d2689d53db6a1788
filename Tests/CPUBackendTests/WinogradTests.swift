import CPUBackend
import Tensors
import TestSupport
import Testing

@Suite struct WinogradTests {
  private static let levels = CPULevel.available.filter { $0 != .blas }

  private func convolve(_ device: Device, _ shape: Shape, outputs: Int) -> Tensor {
    let x = Tensor.normal(shape, seed: 1, on: device)
    let weight = PackedWeight(
      kernel: .normal([outputs, shape[3], 3, 3], seed: 2, scale: 0.05, on: device))
    return x.conv2D(
      weight,
      Conv2DOptions(
        padding: Padding(1), bias: .normal([outputs], seed: 3, on: device),
        shift: .normal([shape[0], outputs], seed: 4, on: device), activation: .silu,
        residual: .normal(shape.with(last: outputs), seed: 5, on: device)))
  }

  // Sides that tiles of 4×4 do and do not divide; channels on both sides of a block's depth; outputs
  // that fill their last panel and do not; tiles that leave the last group almost empty.
  @Test(
    arguments: levels,
    [
      [1, 48, 48, 64, 64], [2, 45, 47, 80, 72], [1, 49, 53, 272, 96], [3, 46, 48, 64, 100],
    ] as [Shape])
  func agreesWithTheDirectForm(level: CPULevel, sizes: Shape) {
    let shape = Shape(Array(sizes.dimensions.dropLast()))
    let direct = convolve(.cpu(level: level, winograd: false), shape, outputs: sizes[4])
    let winograd = convolve(.cpu(level: level), shape, outputs: sizes[4])
    expectClose(winograd.floats(), direct.floats(), within: .float32)
    // The two forms round differently: equal bytes would mean that one of them was not taken.
    #expect(winograd.floats() != direct.floats())
  }

  @Test(arguments: levels)
  func dependsNeitherOnThreadsNorOnTheBatch(level: CPULevel) {
    let shape: Shape = [3, 47, 45, 64]
    let expected = convolve(.cpu(threads: 1, level: level), shape, outputs: 64)
    for threads in [2, 3, 5] {
      let found = convolve(.cpu(threads: threads, level: level), shape, outputs: 64)
      #expect(found.floats() == expected.floats())
    }
    let device = Device.cpu(level: level)
    let x = Tensor.normal(shape, seed: 1, on: device)
    let weight = PackedWeight(kernel: .normal([64, 64, 3, 3], seed: 2, on: device))
    let options = Conv2DOptions(padding: Padding(1))
    let together = x.conv2D(weight, options)
    for sample in 0..<3 {
      let alone = x.samples(sample..<sample + 1).conv2D(weight, options)
      #expect(alone.floats() == together.samples(sample..<sample + 1).floats())
    }
  }
}
