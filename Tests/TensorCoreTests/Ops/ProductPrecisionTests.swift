import CPUBackend
import TensorCore
import TestSupport
import Testing

/// Products whose factors are bf16 are those of single precision with rounded factors.
@Suite struct ProductPrecisionTests {
  @Test(
    arguments: Device.underTest, [[5, 3, 7], [50, 77, 33], [130, 2600, 40], [300, 64, 100]])
  func matmulRoundsItsFactors(on device: Device, _ sizes: [Int]) {
    let (rows, inputs, outputs) = (sizes[0], sizes[1], sizes[2])
    let x = Tensor.normal([2, rows, inputs], seed: 1, on: device)
    let matrix = Tensor.normal([outputs, inputs], seed: 2, on: device)
    let options = MatmulOptions(bias: .normal([outputs], seed: 3, on: device), activation: .gelu)
    let found = x.matmul(PackedWeight(matrix: matrix, precision: .bfloat16), options)
    let expected = rounded(x).matmul(PackedWeight(matrix: rounded(matrix)), options)
    expectClose(found, expected.floats())
  }

  @Test(arguments: Device.underTest, [3, 16, 33, 70])
  func convolutionRoundsItsFactors(on device: Device, _ channels: Int) {
    let x = Tensor.normal([2, 11, 9, channels], seed: 4, on: device)
    let kernel = Tensor.normal([36, channels, 3, 3], seed: 5, on: device)
    let options = Conv2DOptions(
      stride: 2, padding: Padding(1), residual: .normal([2, 6, 5, 36], seed: 6, on: device))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: .bfloat16), options)
    let expected = rounded(x).conv2D(PackedWeight(kernel: rounded(kernel)), options)
    expectClose(found, expected.floats())
  }

  /// On a large map Winograd's form multiplies in single precision: only the weight is rounded.
  @Test(arguments: Device.underTest)
  func aLargeMapIsConvolvedWithRoundedWeights(on device: Device) {
    let x = rounded(.normal([1, 48, 48, 64], seed: 7, on: device))
    let kernel = Tensor.normal([64, 64, 3, 3], seed: 8, on: device)
    let options = Conv2DOptions(padding: Padding(1))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: .bfloat16), options)
    expectClose(found, x.conv2D(PackedWeight(kernel: rounded(kernel)), options).floats())
  }

  /// Sums of taps are rounded once more.
  @Test(arguments: Device.underTest)
  func anEnlargedMapIsConvolvedWithRoundedSums(on device: Device) {
    let x = rounded(.normal([2, 6, 5, 34], seed: 9, on: device))
    let kernel = Tensor.normal([40, 34, 3, 3], seed: 10, on: device)
    let options = Conv2DOptions(
      padding: Padding(1), enlargement: Conv2DOptions.Size(height: 12, width: 10))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: .bfloat16), options)
    let expected = x.conv2D(PackedWeight(kernel: rounded(kernel)), options)
    expectClose(found, expected.floats(), within: .bfloat16)
  }

  @Test(arguments: Device.underTest, [(40, 300, false), (9, 77, false), (64, 500, true)])
  func attentionRoundsItsFactors(
    on device: Device, _ sizes: (headSize: Int, keys: Int, causal: Bool)
  ) {
    let (keyCount, channels) = (sizes.keys, 2 * sizes.headSize)
    let q = Tensor.normal([2, sizes.causal ? keyCount : 50, channels], seed: 11, on: device)
    let k = Tensor.normal([2, keyCount, channels], seed: 12, on: device)
    let v = Tensor.normal([2, keyCount, channels], seed: 13, on: device)
    let found = q.attention(
      keys: k, values: v, heads: 2, causal: sizes.causal, precision: .bfloat16)
    let expected = rounded(q).attention(
      keys: rounded(k), values: rounded(v), heads: 2, causal: sizes.causal)
    // The weights of the values are rounded too.
    expectClose(found, expected.floats(), within: .bfloat16)
  }

  @Test(arguments: Device.underTest)
  func aNaNStaysOne(on device: Device) {
    let x = Tensor([1, Float.nan, 2, 3], [2, 2], on: device)
    let weight = PackedWeight(matrix: Tensor(repeating: 1, [1, 2], on: device), precision: .bfloat16)
    let y = x.matmul(weight).floats()
    #expect(y[0].isNaN)
    #expect(y[1] == 5)
  }

  private func rounded(_ x: Tensor) -> Tensor { x.cast(to: .bfloat16).cast(to: .float32) }
}
