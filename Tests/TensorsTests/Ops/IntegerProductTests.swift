import CPUBackend
import Tensors
import TestSupport
import Testing

/// Products of integers are those of the numbers that the integers stand for; of eight bits unless said.
@Suite struct IntegerProductTests {
  private static let devices = Device.underTest.filter { $0.backend.supports(.int8) }

  @Test(
    arguments: devices,
    [[1, 5, 7], [3, 40, 64], [50, 77, 33], [130, 6000, 40], [300, 64, 100]])
  func matmulMultipliesIntegers(on device: Device, _ sizes: [Int]) {
    let (rows, inputs, outputs) = (sizes[0], sizes[1], sizes[2])
    // One row is far larger than the others and one has no sign: neither may cost the others anything.
    let x = Tensor.normal([rows, inputs], seed: 1, on: device).floats().enumerated().map {
      switch $0.offset / inputs {
      case 1: $0.element * 1000
      case 2: abs($0.element)
      default: $0.element
      }
    }
    let matrix = Tensor.normal([outputs, inputs], seed: 2, on: device)
    let options = MatmulOptions(
      bias: .normal([outputs], seed: 3, on: device), activation: .silu,
      residual: .normal([rows, outputs], seed: 4, on: device))
    let found = Tensor(x, [rows, inputs], on: device)
      .matmul(PackedWeight(matrix: matrix, precision: .int8), options)
    let expected = Tensor(Quantised.rows(x, inputs), [rows, inputs], on: device)
      .matmul(PackedWeight(matrix: Quantised.outputs(matrix)), options)
    #expect(relativeError(found.floats(), expected.floats()) < 2e-4)
  }

  @Test(arguments: devices, [(3, 1), (16, 1), (33, 2), (70, 2)])
  func windowsMultiplyIntegers(on device: Device, _ form: (channels: Int, stride: Int)) {
    let channels = form.channels
    let x = Tensor.normal([2, 7, 6, channels], seed: 5, on: device)
    let kernel = Tensor.normal([36, channels, 3, 3], seed: 6, on: device)
    let options = Conv2DOptions(stride: form.stride, padding: Padding(1))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: .int8), options)
    let rows = Quantised.rows(Quantised.windows(x, stride: form.stride), 9 * channels)
    let expected = Tensor(rows, [rows.count / (9 * channels), 9 * channels], on: device)
      .matmul(PackedWeight(matrix: Quantised.taps(kernel)))
    #expect(relativeError(found.floats(), expected.floats()) < 2e-4)
  }

  @Test(arguments: devices)
  func gatesMeetTheirValues(on device: Device) {
    let x = Tensor.normal([2, 25, 48], seed: 7, on: device)
    let matrix = Tensor.normal([128, 48], seed: 8, scale: 0.2, on: device)
    let bias = Tensor.normal([128], seed: 9, on: device)
    let found = x.gatedMatmul(PackedWeight(matrix: matrix, precision: .int8), bias: bias)
    let rounded = Tensor(Quantised.rows(x.floats(), 48), x.shape, on: device)
    let expected = rounded.gatedMatmul(PackedWeight(matrix: Quantised.outputs(matrix)), bias: bias)
    #expect(relativeError(found.floats(), expected.floats()) < 2e-4)
  }

  /// What is added up for the pixels of one parity is made integers anew.
  @Test(arguments: devices)
  func anEnlargedMapIsThatOfItsNumbers(on device: Device) {
    let x = Tensor.normal([2, 6, 5, 34], seed: 10, on: device)
    let kernel = Tensor.normal([40, 34, 3, 3], seed: 11, on: device)
    let options = Conv2DOptions(
      padding: Padding(1), enlargement: MapSize(height: 12, width: 10))
    let found = x.conv2D(PackedWeight(kernel: kernel, precision: .int8), options).floats()
    let expected = x.conv2D(PackedWeight(kernel: kernel), options).floats()
    #expect(relativeError(found, expected) < 0.02)
  }

  @Test(arguments: devices)
  func zerosAreExact(on device: Device) {
    let x = Tensor([Float(0), 0, 0, 0, -3, 0, 0, 1], [2, 4], on: device)
    let weight = Tensor([Float(0), 0, 0, 0, 5, 1, 1, 0], [2, 4], on: device)
    let y = x.matmul(PackedWeight(matrix: weight, precision: .int8)).floats()
    #expect(Array(y.prefix(3)) == [0, 0, 0])
    #expect(abs(y[3] + 15) < 0.05)
  }

  @Test(arguments: devices, [Float.nan, .infinity, -.infinity])
  func whatIsNoNumberShows(on device: Device, _ poison: Float) {
    let x = Tensor([1, poison, 2, 3], [2, 2], on: device)
    let ones = Tensor(repeating: 1, [1, 2], on: device)
    for (precision, error) in [(ProductPrecision.int8, Float(0.02)), (.int16, 0.001)] {
      for (inputs, weights) in [(x, ones), (ones, x)] {
        let y = inputs.matmul(PackedWeight(matrix: weights, precision: precision)).floats()
        #expect(!y[0].isFinite)
        #expect(abs(y[1] - 5) < error)
      }
    }
  }

  /// Attention rounds as bf16 does, whatever its projections do.
  @Test(arguments: devices)
  func attentionRoundsNoMoreThanBFloat16(on device: Device) {
    let q = Tensor.normal([2, 300, 80], seed: 12, on: device)
    func attend(_ precision: ProductPrecision) -> [Float] {
      q.attention(keys: q, values: q, heads: 2, precision: precision).floats()
    }
    let expected = attend(.float32)
    #expect(relativeError(attend(.int8), expected) <= 4e-3)
    #expect(relativeError(attend(.bfloat16), expected) <= 4e-3)
  }

  /// One key has most of the weight, and the others, each of which has next to none, the rest.
  @Test(arguments: devices)
  func smallWeightsHaveTheirPart(on device: Device) {
    let keys = 2000
    var scores = [Float](repeating: 0, count: keys)
    scores[0] = 9
    let k = Tensor(scores, [1, keys, 1], on: device)
    let v = Tensor([0] + [Float](repeating: 1, count: keys - 1), [1, keys, 1], on: device)
    let q = Tensor([Float(1)], [1, 1, 1], on: device)
    func attend(_ precision: ProductPrecision) -> Float {
      q.attention(keys: k, values: v, heads: 1, precision: precision).floats()[0]
    }
    let expected = attend(.float32)
    #expect(expected > 0.19 && expected < 0.2)
    #expect(abs(attend(.int8) - expected) < 0.01 * expected)
  }
}

/// Products of integers of sixteen bits round no more than those of bf16, whatever the numbers are like.
@Suite struct HalfIntegerProductTests {
  private static let devices = Device.underTest.filter { $0.backend.supports(.int16) }

  @Test(arguments: devices, NumberKind.allCases)
  func matmulRoundsNoMoreThanBFloat16(on device: Device, _ kind: NumberKind) {
    for (rows, inputs, outputs) in [(1, 5, 7), (50, 77, 33), (130, 2600, 40), (7, 6000, 100)] {
      let x = kind.numbers([rows, inputs], on: device)
      let matrix =
        kind == .nearlyConstant
        ? kind.numbers([outputs, inputs], on: device)
        : .normal([outputs, inputs], seed: 2, on: device)
      let options = MatmulOptions(residual: .normal([rows, outputs], seed: 4, on: device))
      func multiply(_ precision: ProductPrecision) -> [Float] {
        x.matmul(PackedWeight(matrix: matrix, precision: precision), options).floats()
      }
      let expected = multiply(.float32)
      let error = relativeError(multiply(.int16), expected)
      #expect(error <= max(relativeError(multiply(.bfloat16), expected), 0x1p-12))
    }
  }

  @Test(arguments: devices, [(3, 1), (16, 1), (33, 2), (300, 2)])
  func windowsRoundNoMoreThanBFloat16(on device: Device, _ form: (channels: Int, stride: Int)) {
    let x = Tensor.normal([2, 7, 6, form.channels], seed: 5, on: device)
    let kernel = Tensor.normal([36, form.channels, 3, 3], seed: 6, on: device)
    let options = Conv2DOptions(stride: form.stride, padding: Padding(1))
    func convolve(_ precision: ProductPrecision, _ options: Conv2DOptions) -> [Float] {
      x.conv2D(PackedWeight(kernel: kernel, precision: precision), options).floats()
    }
    for options in [
      options, Conv2DOptions(padding: Padding(1), enlargement: MapSize(height: 14, width: 12)),
    ] {
      let expected = convolve(.float32, options)
      let error = relativeError(convolve(.int16, options), expected)
      #expect(error <= relativeError(convolve(.bfloat16, options), expected))
    }
  }

  @Test(arguments: devices)
  func gatesMeetTheirValues(on device: Device) {
    let x = Tensor.normal([2, 25, 300], seed: 7, on: device)
    let matrix = Tensor.normal([128, 300], seed: 8, scale: 0.2, on: device)
    let bias = Tensor.normal([128], seed: 9, on: device)
    func multiply(_ precision: ProductPrecision) -> [Float] {
      x.gatedMatmul(PackedWeight(matrix: matrix, precision: precision), bias: bias).floats()
    }
    let expected = multiply(.float32)
    let error = relativeError(multiply(.int16), expected)
    #expect(error <= relativeError(multiply(.bfloat16), expected))
  }
}

/// Numbers that integers stand for.
private enum Quantised {
  /// Rows of `count` numbers in 254 steps of their range and zero.
  static func rows(_ x: [Float], _ count: Int) -> [Float] {
    stride(from: 0, to: x.count, by: count).flatMap { first in
      let row = x[first..<first + count]
      let (low, high) = (min(row.min() ?? 0, 0), max(row.max() ?? 0, 0))
      let scale = (high - low) / 254
      return row.map { ($0 / scale).rounded(.toNearestOrEven) * scale }
    }
  }

  /// Each output's numbers in 127 steps on both sides of zero, those of each step of a sum by themselves.
  static func outputs(_ matrix: Tensor) -> Tensor {
    let (count, step) = (matrix.shape[1], 1024)
    let numbers = matrix.floats()
    return Tensor(
      stride(from: 0, to: numbers.count, by: count).flatMap { first in
        stride(from: first, to: first + count, by: step).flatMap { start in
          let part = numbers[start..<min(start + step, first + count)]
          let largest = part.map(abs).max() ?? 0
          return part.map { ($0 * (127 / largest)).rounded(.toNearestOrEven) * (largest / 127) }
        }
      }, matrix.shape, on: matrix.device)
  }

  /// A 3×3 kernel's, `[outputs, taps · channels]`, which were integers of sixteen bits first.
  static func taps(_ kernel: Tensor) -> Tensor {
    let (channels, count) = (kernel.shape[1], 9 * kernel.shape[1])
    let ordered = kernel.reshaped([kernel.shape[0], channels, 9]).transposed().floats()
    let numbers = stride(from: 0, to: ordered.count, by: count).flatMap {
      halves(ordered[$0..<$0 + count], channels)
    }
    return outputs(Tensor(numbers, [kernel.shape[0], count], on: kernel.device))
  }

  /// One output's taps in as many steps on both sides of zero as the norm of 128 words of two allows.
  private static func halves(_ taps: ArraySlice<Float>, _ channels: Int) -> [Float] {
    let words = (channels + 1) / 2
    let steps = Dictionary(grouping: taps.enumerated()) { place, _ in
      (place / channels * words + place % channels / 2) / 128
    }
    return steps.keys.sorted().flatMap { step -> [Float] in
      let numbers = steps[step, default: []].map(\.element)
      let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let factor = min(46_332 / norm, 32_767 / (numbers.map(abs).max() ?? 0))
      return numbers.map { ($0 * factor).rounded(.toNearestOrEven) / factor }
    }
  }

  /// What 3×3 windows with a border of zeros read, `[rows, taps · channels]`.
  static func windows(_ x: Tensor, stride: Int) -> [Float] {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let numbers = x.floats()
    var result: [Float] = []
    for sample in 0..<x.shape[0] {
      for y in Swift.stride(from: -1, to: height - 1, by: stride) {
        for column in Swift.stride(from: -1, to: width - 1, by: stride) {
          for tap in 0..<9 {
            let (v, u) = (y + tap / 3, column + tap % 3)
            let isInside = v >= 0 && v < height && u >= 0 && u < width
            let first = ((sample * height + v) * width + u) * channels
            result +=
              isInside
              ? Array(numbers[first..<first + channels]) : .init(repeating: 0, count: channels)
          }
        }
      }
    }
    return result
  }
}
