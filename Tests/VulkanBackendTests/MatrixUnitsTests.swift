import Tensors
import TestSupport
import Testing
import VulkanBackend

private let hasMatrixUnits =
  (try? VulkanDevice.all().contains { $0.matrixUnits != .none }) ?? false

/// Products on matrix units are those that are computed without them: operands are rounded in the same way,
/// and sums are of single precision.
@Suite(.enabled(if: hasMatrixUnits, "the Vulkan device has no matrix units"))
struct MatrixUnitsTests {
  /// A type of operands and a shape of fragments.
  struct Case: CustomTestStringConvertible {
    let precision: ProductPrecision
    let device: Device

    var testDescription: String { "\(precision.rawValue) on \(device)" }

    static let all = [(MatrixUnits.khr, 16), (.khr, 8)].flatMap {
      units, rows -> [Case] in
      var options = VulkanOptions.validated
      (options.matrixUnits, options.fragmentRows) = (units, [rows])
      guard let backend = try? VulkanBackend(options) else { return [] }
      let device = Device(backend)
      return backend.device.matrixShapes.map { Case(precision: $0.precision, device: device) }
        .reduce(into: []) { all, one in
          if !all.contains(where: { $0.precision == one.precision }) { all.append(one) }
        }
    }
  }

  /// The same device without its units.
  static let plain = try? Device.vulkan(VulkanOptions(matrixUnits: MatrixUnits.none))

  /// Rows, inputs and outputs around fragments and tiles; the last ones fill large tiles.
  @Test(
    arguments: Case.all,
    [
      [1, 1, 1], [3, 8, 16], [17, 24, 15], [64, 32, 64], [65, 33, 72], [200, 320, 77],
      [1921, 40, 1025],
    ])
  func multipliesMatrices(_ example: Case, _ sizes: [Int]) throws {
    func product(on device: Device) -> Tensor {
      let x = Tensor.normal([sizes[0], sizes[1]], seed: 1, on: device)
      let matrix = Tensor.normal([sizes[2], sizes[1]], seed: 2, on: device)
      return x.matmul(
        PackedWeight(matrix: matrix, precision: example.precision),
        MatmulOptions(
          bias: .normal([sizes[2]], seed: 3, on: device), activation: .silu,
          residual: .normal([sizes[0], sizes[2]], seed: 4, on: device)))
    }
    let plain = try #require(Self.plain)
    expectClose(product(on: example.device), product(on: plain).floats())
  }

  /// Heads around widths, queries around blocks of 64, keys around blocks of 32.
  @Test(
    arguments: Case.all,
    [
      (queries: 1, keys: 1, headSize: 8, causal: false),
      (queries: 65, keys: 77, headSize: 40, causal: false),
      (queries: 70, keys: 70, headSize: 64, causal: true),
      (queries: 33, keys: 31, headSize: 77, causal: false),
      (queries: 130, keys: 100, headSize: 160, causal: false),
    ])
  func attends(
    _ example: Case, _ size: (queries: Int, keys: Int, headSize: Int, causal: Bool)
  ) throws {
    func attention(on device: Device) -> Tensor {
      let channels = 2 * size.headSize
      let q = Tensor.normal([2, size.queries, channels], seed: 9, on: device)
      let k = Tensor.normal([2, size.keys, channels], seed: 10, on: device)
      let v = Tensor.normal([2, size.keys, channels], seed: 11, on: device)
      return q.attention(
        keys: k, values: v, heads: 2, causal: size.causal, precision: example.precision)
    }
    let plain = try #require(Self.plain)
    expectClose(
      attention(on: example.device), attention(on: plain).floats(),
      within: example.precision == .float16 ? .float16 : .bfloat16)
  }

  @Test(arguments: Case.all)
  func addsABiasToScores(_ example: Case) throws {
    func attention(on device: Device) -> Tensor {
      let q = Tensor.normal([4, 70, 80], seed: 9, on: device)
      let k = Tensor.normal([4, 45, 80], seed: 10, on: device)
      let bias = Tensor.normal([2, 2, 45, 70], seed: 12, on: device)
      return q.attention(keys: k, values: k, heads: 2, bias: bias, precision: example.precision)
    }
    let plain = try #require(Self.plain)
    expectClose(
      attention(on: example.device), attention(on: plain).floats(),
      within: example.precision == .float16 ? .float16 : .bfloat16)
  }

  /// Inputs that are halves already, and results that are.
  @Test(arguments: Case.all, [[3, 8, 16], [65, 72, 40], [300, 320, 200], [2049, 64, 2056]])
  func multipliesHalves(_ example: Case, _ sizes: [Int]) throws {
    func product(on device: Device) -> Tensor {
      let one = PackedWeight(
        matrix: .normal([sizes[1], 16], seed: 12, on: device), precision: example.precision)
      let other = PackedWeight(
        matrix: .normal([sizes[2], sizes[1]], seed: 13, on: device), precision: example.precision)
      let x = Tensor.normal([sizes[0], 16], seed: 14, on: device)
        .matmul(one, MatmulOptions(type: other.operandType))
      return x.matmul(
        other,
        MatmulOptions(
          bias: .normal([sizes[2]], seed: 15, on: device), activation: .gelu,
          type: other.operandType))
    }
    let plain = try #require(Self.plain)
    // Results are halves, and sums of another order may be rounded to their neighbours.
    expectClose(
      product(on: example.device), product(on: plain).floats(),
      within: example.precision == .float16 ? .float16 : .bfloat16)
  }

  struct Window: CustomTestStringConvertible {
    let channels: Int
    var stride = 1
    var padding = Padding(1)
    var dilation = 1
    var enlargement: MapSize?

    var testDescription: String { "\(self.channels) channels, stride \(stride)" }

    static let all = [
      Window(channels: 32), Window(channels: 20), Window(channels: 48, stride: 2),
      Window(channels: 16, padding: Padding(2, mode: .reflect)),
      Window(channels: 24, enlargement: MapSize(height: 14, width: 18)),
      Window(channels: 32, padding: Padding(2), dilation: 2),
      Window(channels: 20, stride: 2, padding: Padding(3, mode: .reflect), dilation: 3),
      // Of more than 512 products, which are summed in parts; steps of 64 end within a tap.
      Window(channels: 120), Window(channels: 192, stride: 2),
    ]
  }

  @Test(arguments: Case.all, Window.all)
  func convolves(_ example: Case, _ window: Window) throws {
    func convolution(on device: Device) -> Tensor {
      let x = Tensor.normal([2, 7, 9, window.channels], seed: 5, on: device)
      let kernel = Tensor.normal([40, window.channels, 3, 3], seed: 6, on: device)
      let options = Conv2DOptions(
        stride: window.stride, dilation: window.dilation, padding: window.padding,
        bias: .normal([40], seed: 7, on: device), shift: .normal([2, 40], seed: 8, on: device),
        enlargement: window.enlargement)
      return x.conv2D(PackedWeight(kernel: kernel, precision: example.precision), options)
    }
    let plain = try #require(Self.plain)
    expectClose(convolution(on: example.device), convolution(on: plain).floats())
  }
}
