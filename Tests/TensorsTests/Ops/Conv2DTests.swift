import CPUBackend
import Tensors
import TestSupport
import Testing

@Suite struct Conv2DTests {
  /// A case of the fixture and how PyTorch was called.
  struct Case: CustomTestStringConvertible {
    let name: String
    var stride = 1
    var dilation = 1
    var groups = 1
    var padding = Padding(1)
    var activation = Activation.identity

    var testDescription: String { name }

    static let all =
      [
        Case(name: "pointwise", padding: Padding(0)),
        Case(name: "same3x3"),
        Case(name: "same7x7", padding: Padding(3)),
        Case(name: "stride2", stride: 2),
        Case(name: "asymmetric", stride: 2, padding: Padding(top: 0, left: 0, bottom: 1, right: 1)),
        Case(name: "unpadded", padding: Padding(0)),
        Case(name: "oblong", padding: Padding(top: 1, left: 2, bottom: 0, right: 0)),
        Case(name: "reflect", padding: Padding(3, mode: .reflect)),
        Case(name: "reflectStride2", stride: 2, padding: Padding(1, mode: .reflect)),
        Case(name: "deep"),
        Case(name: "dilated", dilation: 2, padding: Padding(2)),
        Case(name: "reaching", dilation: 6, padding: Padding(6)),
        Case(
          name: "dilatedStride2", stride: 2, dilation: 2, padding: Padding(2, mode: .reflect)),
        Case(name: "grouped", groups: 3, activation: .silu),
        Case(name: "multiplied", groups: 3),
        Case(name: "depthwise", groups: 19, activation: .relu),
        Case(name: "depthwiseEights", groups: 24, activation: .relu),
        Case(name: "depthwiseStride2", stride: 2, groups: 8, activation: .relu),
        Case(
          name: "depthwiseDilated", dilation: 2, groups: 17, padding: Padding(2, mode: .reflect),
          activation: .relu),
      ] + Activation.allCases.map { Case(name: $0.rawValue, activation: $0) }
  }

  @Test(arguments: Device.underTest, Case.all)
  func matchesPyTorch(on device: Device, _ example: Case) throws {
    let fixture = try Fixture("ops/conv2d", on: device)
    func tensor(_ key: String) -> Tensor? {
      let name = "\(example.name).\(key)"
      return fixture.names.contains(name) ? fixture[name] : nil
    }
    let weight = PackedWeight(
      kernel: fixture["\(example.name).weight"], groups: example.groups)
    let y = fixture["\(example.name).x"].channelsLast().conv2D(
      weight,
      Conv2DOptions(
        stride: example.stride, dilation: example.dilation, padding: example.padding,
        bias: tensor("bias"), shift: tensor("shift"), activation: example.activation,
        residual: tensor("residual")?.channelsLast()))
    expectClose(y.channelsFirst(), fixture["\(example.name).y"])
  }

  @Test(arguments: Device.underTest)
  func isATransposedConvolutionOverSpreadPixels(on device: Device) throws {
    let fixture = try Fixture("ops/conv2d", on: device)
    let weight = fixture["transposed.weight"]
    let y = fixture["transposed.x"].channelsLast().insertZeros(stride: 2).conv2D(
      PackedWeight(kernel: flippedAndExchanged(weight)),
      Conv2DOptions(
        padding: Padding(top: 1, left: 1, bottom: 2, right: 2), bias: fixture["transposed.bias"]))
    expectClose(y.channelsFirst(), fixture["transposed.y"])
  }

  private static let sizes = [(14, 18), (13, 18), (7, 9), (20, 26)].map {
    MapSize(height: $0.0, width: $0.1)
  }

  /// Twice the size takes another way than any other; neither the border nor an odd size may show it.
  @Test(arguments: Device.underTest, sizes)
  func enlargesBeforeItConvolves(on device: Device, _ size: MapSize) {
    let x = Tensor.normal([2, 7, 9, 33], seed: 5, on: device)
    let weight = PackedWeight(kernel: .normal([40, 33, 3, 3], seed: 6, on: device))
    var options = Conv2DOptions(
      padding: Padding(1), bias: .normal([40], seed: 7, on: device),
      shift: .normal([2, 40], seed: 8, on: device), activation: .silu,
      residual: .normal([2, size.height, size.width, 40], seed: 9, on: device))
    let expected = x.resize(to: size, .nearest)
      .conv2D(weight, options)
    options.enlargement = size
    expectClose(x.conv2D(weight, options), expected.floats())
  }

  /// A map that is large enough for Winograd's form when it is enlarged; no number of tiles fills it.
  @Test(arguments: Device.underTest)
  func enlargesALargeMap(on device: Device) {
    let size = MapSize(height: 46, width: 50)
    let x = Tensor.normal([2, 23, 25, 80], seed: 5, on: device)
    let weight = PackedWeight(kernel: .normal([72, 80, 3, 3], seed: 6, on: device))
    var options = Conv2DOptions(
      padding: Padding(1), bias: .normal([72], seed: 7, on: device), activation: .silu,
      residual: .normal([2, 46, 50, 72], seed: 9, on: device))
    let expected = x.resize(to: size, .nearest).conv2D(weight, options)
    options.enlargement = size
    expectClose(x.conv2D(weight, options), expected.floats())
  }

  /// `[inputs, outputs, height, width]` turned by 180° as `[outputs, inputs, height, width]`.
  private func flippedAndExchanged(_ weight: Tensor) -> Tensor {
    let (inputs, outputs) = (weight.shape[0], weight.shape[1])
    let taps = weight.shape[2] * weight.shape[3]
    let values = weight.floats()
    let flipped = (0..<values.count).map { i in
      let (output, input, tap) = (i / (inputs * taps), i / taps % inputs, i % taps)
      return values[(input * outputs + output) * taps + taps - 1 - tap]
    }
    return Tensor(flipped, [outputs, inputs, weight.shape[2], weight.shape[3]], on: weight.device)
  }

  /// Channels and outputs around registers and panels; pixels that fill no whole number of tiles;
  /// depths below, at and above a block of products.
  @Test(
    arguments: Device.underTest,
    [
      (side: [1, 1], inputs: 1, outputs: 1), (side: [3, 5], inputs: 3, outputs: 17),
      (side: [4, 4], inputs: 17, outputs: 33), (side: [7, 11], inputs: 33, outputs: 3),
      (side: [5, 5], inputs: 28, outputs: 32), (side: [5, 5], inputs: 29, outputs: 31),
      (side: [9, 13], inputs: 64, outputs: 65),
      // So few outputs that a panel would be mostly empty, and sums that fill registers.
      (side: [5, 7], inputs: 16, outputs: 1), (side: [7, 5], inputs: 48, outputs: 3),
      (side: [6, 5], inputs: 160, outputs: 4),
    ])
  func matchesTheDefinitionOnAwkwardShapes(
    on device: Device, _ size: (side: [Int], inputs: Int, outputs: Int)
  ) {
    for (kernel, stride) in [(1, 1), (3, 1), (3, 2), (5, 3)] {
      let x = Tensor.normal([2, size.side[0], size.side[1], size.inputs], seed: 1, on: device)
      let weight = Tensor.normal([size.outputs, size.inputs, kernel, kernel], seed: 2, on: device)
      let y = x.conv2D(
        PackedWeight(kernel: weight),
        Conv2DOptions(stride: stride, padding: Padding(kernel / 2)))
      expectClose(
        y, Reference.conv2D(x, weight, stride: stride, padding: kernel / 2))
    }
  }

  /// Windows with holes and groups of channels, where those without take Winograd's form.
  @Test(
    arguments: Device.underTest,
    [(dilation: 1, groups: 1), (2, 1), (3, 1), (1, 2), (2, 4)])
  func dilatesAndGroups(on device: Device, _ form: (dilation: Int, groups: Int)) {
    let x = Tensor.normal([1, 46, 46, 64 * form.groups], seed: 51, on: device)
    let kernel = Tensor.normal([64 * form.groups, 64, 3, 3], seed: 52, on: device)
    let side = 0..<8
    let expected = Reference.conv2D(
      x.cropped(rows: side, columns: side), kernel, dilation: form.dilation, groups: form.groups,
      padding: form.dilation)
    // What lies farther in than the corner's own border.
    let inside = 0..<8 - form.dilation
    for precision in [ProductPrecision.float32, .bfloat16, .float16]
    where device.backend.supports(precision) {
      let weight = PackedWeight(kernel: kernel, groups: form.groups, precision: precision)
      let y = x.conv2D(
        weight, Conv2DOptions(dilation: form.dilation, padding: Padding(form.dilation)))
      expectClose(
        y.cropped(rows: inside, columns: inside), expected.cropped(rows: inside, columns: inside),
        within: precision == .float32 ? .float32 : .bfloat16)
    }
  }

  /// Windows with holes and groups of channels, where those without take four smaller convolutions.
  @Test(arguments: Device.underTest, [(dilation: 2, groups: 1), (1, 2), (2, 4)])
  func enlargesBeforeItDilatesAndGroups(
    on device: Device, _ form: (dilation: Int, groups: Int)
  ) {
    let x = Tensor.normal([2, 6, 5, 16], seed: 53, on: device)
    let weight = PackedWeight(
      kernel: .normal([24, 16 / form.groups, 3, 3], seed: 54, on: device), groups: form.groups)
    var options = Conv2DOptions(dilation: form.dilation, padding: Padding(1))
    let size = MapSize(height: 12, width: 10)
    let expected = x.resize(to: size, .nearest).conv2D(weight, options)
    options.enlargement = size
    expectClose(x.conv2D(weight, options), expected.floats())
  }

  @Test(arguments: Device.underTest)
  func keepsANaNWhereTheWindowReadsIt(on device: Device) {
    var values = [Float](repeating: 1, count: 5 * 5 * 3)
    values[0] = .nan
    let x = Tensor(values, [1, 5, 5, 3], on: device)
    let weight = PackedWeight(kernel: Tensor(repeating: 1, [4, 3, 3, 3], on: device))
    let y = x.conv2D(weight, Conv2DOptions(padding: Padding(1), activation: .relu)).floats()
    let touched = y.enumerated().filter { $0.element.isNaN }.map { $0.offset / 4 }
    #expect(Set(touched) == [0, 1, 5, 6])
  }

  @Test func ofNothingIsNothing() {
    let weight = PackedWeight(kernel: Tensor(repeating: 1, [4, 3, 3, 3], on: .sharedCPU))
    let y = Tensor([Float](), [0, 5, 5, 3], on: .sharedCPU).conv2D(weight)
    #expect(y.shape == [0, 3, 3, 4])
  }

  @Test func trapsWhenChannelsDiffer() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 0, [1, 4, 4, 3], on: .sharedCPU)
      _ = x.conv2D(PackedWeight(kernel: Tensor(repeating: 0, [1, 2, 3, 3], on: .sharedCPU)))
    }
  }

  @Test func trapsWhenTheWindowIsLargerThanTheMap() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 0, [1, 2, 2, 1], on: .sharedCPU)
      _ = x.conv2D(PackedWeight(kernel: Tensor(repeating: 0, [1, 1, 3, 3], on: .sharedCPU)))
    }
  }

  @Test func trapsWhenTheMapIsTooSmallToBeReflected() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(repeating: 0, [1, 3, 3, 1], on: .sharedCPU)
      _ = x.conv2D(
        PackedWeight(kernel: Tensor(repeating: 0, [1, 1, 7, 7], on: .sharedCPU)),
        Conv2DOptions(padding: Padding(3, mode: .reflect)))
    }
  }

  @Test func trapsOnAWeightPackedForAnotherDevice() async {
    await #expect(processExitsWith: .failure) {
      let weight = PackedWeight(
        kernel: Tensor(repeating: 0, [1, 1, 1, 1], on: .cpu(threads: 1, level: .portable)))
      _ = Tensor(repeating: 0, [1, 3, 3, 1], on: .sharedCPU).conv2D(weight)
    }
  }
}
