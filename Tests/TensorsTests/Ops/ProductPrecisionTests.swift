import CPUBackend
import Tensors
import TestSupport
import Testing

/// Products of half operands are those of single precision with rounded operands.
@Suite struct ProductPrecisionTests {
  /// A device and a precision of half operands that it multiplies.
  struct Case: CustomTestStringConvertible {
    let device: Device
    let precision: ProductPrecision

    var testDescription: String { "\(precision.rawValue) on \(device)" }

    static let all = Device.underTest.flatMap { device in
      [ProductPrecision.bfloat16, .float16].filter { device.backend.supports($0) }
        .map { Case(device: device, precision: $0) }
    }

    /// The nearest numbers of the operands' type.
    func rounded(_ x: Tensor) -> Tensor {
      x.cast(to: precision == .float16 ? .float16 : .bfloat16).cast(to: .float32)
    }

    /// One operation whose operands were rounded once more on the way.
    var tolerance: Tolerance { precision == .float16 ? .float16 : .bfloat16 }
  }

  @Test(
    arguments: Case.all, [[5, 3, 7], [50, 77, 33], [130, 2600, 40], [300, 64, 100]])
  func matmulRoundsItsFactors(_ example: Case, _ sizes: [Int]) {
    let (rows, inputs, outputs) = (sizes[0], sizes[1], sizes[2])
    let x = Tensor.normal([2, rows, inputs], seed: 1, on: example.device)
    let matrix = Tensor.normal([outputs, inputs], seed: 2, on: example.device)
    let options = MatmulOptions(
      bias: .normal([outputs], seed: 3, on: example.device), activation: .gelu)
    let found = x.matmul(PackedWeight(matrix: matrix, precision: example.precision), options)
    let expected = example.rounded(x).matmul(PackedWeight(matrix: example.rounded(matrix)), options)
    expectClose(found, expected.floats())
  }

  @Test(arguments: Case.all, [3, 16, 33, 70])
  func convolutionRoundsItsFactors(_ example: Case, _ channels: Int) {
    let x = Tensor.normal([2, 11, 9, channels], seed: 4, on: example.device)
    let kernel = Tensor.normal([36, channels, 3, 3], seed: 5, on: example.device)
    let options = Conv2DOptions(
      stride: 2, padding: Padding(1), residual: .normal([2, 6, 5, 36], seed: 6, on: example.device))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: example.precision), options)
    let expected = example.rounded(x).conv2D(PackedWeight(kernel: example.rounded(kernel)), options)
    expectClose(found, expected.floats())
  }

  /// On a large map Winograd's form multiplies in single precision, or in integers that round no more
  /// than half operands.
  @Test(arguments: Case.all)
  func aLargeMapIsConvolvedWithRoundedWeights(_ example: Case) {
    let x = example.rounded(.normal([1, 48, 48, 64], seed: 7, on: example.device))
    let kernel = Tensor.normal([64, 64, 3, 3], seed: 8, on: example.device)
    let options = Conv2DOptions(padding: Padding(1))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: example.precision), options)
    expectClose(
      found, x.conv2D(PackedWeight(kernel: example.rounded(kernel)), options).floats(),
      within: example.tolerance)
  }

  /// Sums of taps are rounded once more.
  @Test(arguments: Case.all)
  func anEnlargedMapIsConvolvedWithRoundedSums(_ example: Case) {
    let x = example.rounded(.normal([2, 6, 5, 34], seed: 9, on: example.device))
    let kernel = Tensor.normal([40, 34, 3, 3], seed: 10, on: example.device)
    let options = Conv2DOptions(
      padding: Padding(1), enlargement: MapSize(height: 12, width: 10))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: example.precision), options)
    let expected = x.conv2D(PackedWeight(kernel: example.rounded(kernel)), options)
    expectClose(found, expected.floats(), within: example.tolerance)
  }

  @Test(arguments: Case.all, [(40, 300, false), (9, 77, false), (64, 500, true)])
  func attentionRoundsItsFactors(
    _ example: Case, _ sizes: (headSize: Int, keys: Int, causal: Bool)
  ) {
    let (keyCount, channels) = (sizes.keys, 2 * sizes.headSize)
    let q = Tensor.normal(
      [2, sizes.causal ? keyCount : 50, channels], seed: 11, on: example.device)
    let k = Tensor.normal([2, keyCount, channels], seed: 12, on: example.device)
    let v = Tensor.normal([2, keyCount, channels], seed: 13, on: example.device)
    let found = q.attention(
      keys: k, values: v, heads: 2, causal: sizes.causal, precision: example.precision)
    let expected = example.rounded(q).attention(
      keys: example.rounded(k), values: example.rounded(v), heads: 2, causal: sizes.causal)
    // The weights of the values are rounded too.
    expectClose(found, expected.floats(), within: example.tolerance)
  }

  @Test(arguments: Case.all)
  func aNaNStaysOne(_ example: Case) {
    let x = Tensor([1, Float.nan, 2, 3], [2, 2], on: example.device)
    let weight = PackedWeight(
      matrix: Tensor(repeating: 1, [1, 2], on: example.device), precision: example.precision)
    let y = x.matmul(weight).floats()
    #expect(y[0].isNaN)
    #expect(y[1] == 5)
  }

  /// fp16 ends at 65504: a operand beyond, finite as it is, must not become an infinity.
  @Test(arguments: Case.all)
  func finiteFactorsGiveFiniteProducts(_ example: Case) {
    let large: [Float] = [1e6, -7e4, 65519, 65504, -3e38, 1, -.infinity, .infinity]
    let x = Tensor(large, [8, 1], on: example.device)
    let one = PackedWeight(
      matrix: Tensor([Float(1)], [1, 1], on: example.device), precision: example.precision)
    let limited = large.map {
      abs($0) > 65504 && $0.isFinite ? $0.sign == .plus ? 65504 : -65504 : $0
    }
    let expected = example.precision == .float16 ? limited : example.rounded(x).floats()
    #expect(x.matmul(one).floats() == expected)
    let weights = PackedWeight(matrix: x, precision: example.precision)
    #expect(Tensor([Float(1)], [1, 1], on: example.device).matmul(weights).floats() == expected)
  }

  /// Rounded when it is stored, a operand is the same as if it is rounded when it is loaded.
  @Test(arguments: Case.all)
  func factorsMayBeStoredAsTheyAreMultiplied(_ example: Case) {
    let device = example.device
    let x = Tensor.normal([2, 33, 48], seed: 14, on: device)
    let weight = PackedWeight(
      matrix: .normal([96, 48], seed: 15, on: device), precision: example.precision)
    let contract = PackedWeight(
      matrix: .normal([24, 96], seed: 16, on: device), precision: example.precision)
    let half = PackedWeight(
      matrix: .normal([24, 48], seed: 17, on: device), precision: example.precision)
    let scale = Tensor.normal([48], seed: 18, on: device)
    func results(_ one: DType, _ other: DType) -> [[Float]] {
      let (type, wide) = (one, other)
      let normed = x.groupNorm(
        groups: 8, weight: scale, bias: scale, epsilon: 1e-5, activation: .silu, as: type)
      let q = x.matmul(weight, MatmulOptions(type: wide))
      return [
        normed.matmul(weight), x.layerNorm(weight: scale, bias: scale, as: type).matmul(weight),
        x.gatedMatmul(weight, as: type).matmul(half), q.matmul(contract),
        q.attention(keys: q, values: q, heads: 4, precision: example.precision, as: wide)
          .matmul(contract),
      ].map { $0.floats() }
    }
    for (found, expected) in zip(
      results(weight.operandType, contract.operandType), results(.float32, .float32))
    {
      expectClose(found, expected, within: .exact)
    }
  }

  @Test func trapsOnThePrecisionThatTheCPULacks() async {
    #expect(!Device.sharedCPU.backend.supports(.float16))
    await #expect(processExitsWith: .failure) {
      _ = PackedWeight(matrix: Tensor(repeating: 0, [2, 4], on: .sharedCPU), precision: .float16)
    }
  }
}
