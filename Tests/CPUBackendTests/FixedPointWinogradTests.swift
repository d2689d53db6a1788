import CPUBackend
import Tensors
import TestSupport
import Testing

/// Large windows of half operands in Winograd's form, as integers of sixteen bits where the processor has such
/// products: they round about as direct products of bf16 do.
@Suite struct FixedPointWinogradTests {
  private static let levels = CPULevel.available.filter { $0 != .blas }

  @Test(arguments: levels, NumberKind.allCases)
  func roundsAsDirectProductsOfBFloat16(level: CPULevel, kind: NumberKind) {
    let device = Device.cpu(level: level)
    let x = kind.numbers([1, 47, 46, 320], on: device)
    let numbers = Tensor.normal([64, 320, 3, 3], seed: 2, scale: 0.02, on: device)
    let kernel = kind == .nearlyConstant ? kind.numbers(numbers.shape, on: device) : numbers
    let options = Conv2DOptions(
      padding: Padding(1), bias: .normal([64], seed: 3, scale: 1e-6, on: device))
    func convolve(_ device: Device, _ precision: ProductPrecision) -> [Float] {
      x.on(device).conv2D(
        PackedWeight(kernel: kernel.on(device), precision: precision), options.on(device)
      ).floats()
    }
    let expected = convolve(.cpu(level: level, winograd: false), .float32)
    let direct = convolve(.cpu(level: level, winograd: false), .bfloat16)
    for precision in [ProductPrecision.bfloat16, .int8, .int16] {
      let error = relativeError(convolve(device, precision), expected)
      // Of products of one sign, the roundings cancel: there is little left of either.
      #expect(error < max(1.2 * relativeError(direct, expected), 0x1p-12))
    }
  }

  @Test(arguments: levels)
  func aNaNStaysWhereItWasRead(level: CPULevel) {
    let device = Device.cpu(level: level)
    var numbers = Tensor.normal([1, 48, 48, 64], seed: 4, on: device).floats()
    numbers[0] = .nan
    let x = Tensor(numbers, [1, 48, 48, 64], on: device)
    let weight = PackedWeight(
      kernel: .normal([64, 64, 3, 3], seed: 5, on: device), precision: .bfloat16)
    let y = x.conv2D(weight, Conv2DOptions(padding: Padding(1))).floats()
    // The tile of the first pixels, whose transform mixes what it reads.
    #expect(y[0].isNaN)
    let restIsFinite = y[8 * 64..<48 * 64].allSatisfy { $0.isFinite }
    #expect(restIsFinite)
  }

  @Test(arguments: levels)
  func dependsNeitherOnThreadsNorOnTheBatch(level: CPULevel) {
    let results = [1, 2, 5].map { threads in
      let device = Device.cpu(threads: threads, level: level)
      let x = Tensor.normal([2, 45, 47, 80], seed: 6, on: device)
      let weight = PackedWeight(
        kernel: .normal([96, 80, 3, 3], seed: 7, on: device), precision: .int8)
      let options = Conv2DOptions(padding: Padding(1))
      let alone = x.samples(1..<2).conv2D(weight, options).floats()
      let together = x.conv2D(weight, options)
      #expect(together.samples(1..<2).floats() == alone)
      return together.floats()
    }
    #expect(results.dropFirst().allSatisfy { $0 == results[0] })
  }
}

extension Tensor {
  fileprivate func on(_ device: Device) -> Tensor { Tensor(floats(), shape, on: device) }
}

extension Conv2DOptions {
  fileprivate func on(_ device: Device) -> Conv2DOptions {
    Conv2DOptions(padding: padding, bias: bias?.on(device))
  }
}
