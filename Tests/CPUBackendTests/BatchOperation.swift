import Tensors
import TestSupport
import Testing

/// An operation that a batch of samples can go through. What it needs besides its input it makes from
/// that input, sample by sample, or from a seed.
struct BatchOperation: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// `[N, …]`; three samples, sizes that fill no whole number of tiles or registers.
  let shape: Shape
  /// How far levels may differ.
  let tolerance: Tolerance
  let apply: @Sendable (Tensor) -> Tensor

  init(
    _ name: String, _ shape: Shape, within tolerance: Tolerance = .float32,
    _ apply: @escaping @Sendable (Tensor) -> Tensor
  ) {
    testDescription = name
    self.tolerance = tolerance
    self.shape = shape
    self.apply = apply
  }

  static let all = products + normalisations + elementwise + rearrangements

  private static let products = [
    // 1301 products are summed in two blocks of several steps, and no part of the rows ends where a
    // sample does.
    BatchOperation("matmul", [3, 77, 1301]) { $0.matmul(matrix([70, 1301], on: $0.device)) },
    BatchOperation("matmul of rows", [3, 1301]) { $0.matmul(matrix([70, 1301], on: $0.device)) },
    BatchOperation("matmul with epilogue", [3, 500, 64]) { x in
      x.matmul(
        matrix([64, 64], on: x.device),
        MatmulOptions(
          bias: normals([64], on: x.device), activation: .gelu, residual: x))
    },
    BatchOperation("conv2D", [3, 7, 9, 33]) { x in
      x.conv2D(
        window([40, 33, 3, 3], on: x.device),
        Conv2DOptions(
          padding: Padding(1), bias: normals([40], on: x.device),
          shift: x.reshaped([x.shape[0], 7 * 9 * 33]).channels(5..<45), activation: .silu))
    },
    BatchOperation("strided conv2D", [3, 11, 9, 40]) { x in
      x.conv2D(
        window([65, 40, 3, 3], on: x.device),
        Conv2DOptions(stride: 2, padding: Padding(1, mode: .reflect)))
    },
    BatchOperation("enlarging conv2D", [3, 7, 9, 33]) { x in
      x.conv2D(
        window([40, 33, 3, 3], on: x.device),
        Conv2DOptions(
          padding: Padding(1), enlargement: MapSize(height: 14, width: 18)))
    },
    BatchOperation("dilated conv2D", [3, 9, 11, 33]) { x in
      x.conv2D(
        window([40, 33, 3, 3], on: x.device), Conv2DOptions(dilation: 2, padding: Padding(2)))
    },
    BatchOperation("grouped conv2D", [3, 7, 9, 33]) { x in
      x.conv2D(
        PackedWeight(kernel: normals([30, 11, 3, 3], on: x.device), groups: 3),
        Conv2DOptions(padding: Padding(1), bias: normals([30], on: x.device)))
    },
    BatchOperation("depthwise conv2D", [3, 27, 31, 33]) { x in
      x.conv2D(
        PackedWeight(kernel: normals([33, 1, 3, 3], on: x.device), groups: 33),
        Conv2DOptions(padding: Padding(1), bias: normals([33], on: x.device), residual: x))
    },
    BatchOperation("conv2D of bf16", [3, 7, 9, 33]) { x in
      x.conv2D(
        PackedWeight(kernel: normals([40, 33, 3, 3], on: x.device), precision: .bfloat16),
        Conv2DOptions(padding: Padding(1)))
    },
    // A number between two integers becomes either.
    BatchOperation("matmul of int8", [3, 50, 77], within: .bfloat16) {
      $0.matmul(
        PackedWeight(
          matrix: normals([40, 77], on: $0.device), precision: known(.int8, on: $0.device)))
    },
    BatchOperation("conv2D of int8", [3, 7, 9, 33], within: .bfloat16) {
      $0.conv2D(
        PackedWeight(
          kernel: normals([40, 33, 3, 3], on: $0.device), precision: known(.int8, on: $0.device)),
        Conv2DOptions(padding: Padding(1)))
    },
    BatchOperation("matmul of int16", [3, 50, 300], within: .bfloat16) {
      $0.matmul(
        PackedWeight(
          matrix: normals([40, 300], on: $0.device), precision: known(.int16, on: $0.device)))
    },
    BatchOperation("conv2D of int16", [3, 7, 9, 33], within: .bfloat16) {
      $0.conv2D(
        PackedWeight(
          kernel: normals([40, 33, 3, 3], on: $0.device), precision: known(.int16, on: $0.device)),
        Conv2DOptions(padding: Padding(1)))
    },
    BatchOperation("conv2D of an enlarged map", [2, 17, 18, 64]) {
      $0.conv2D(
        PackedWeight(kernel: normals([64, 64, 3, 3], on: $0.device)),
        Conv2DOptions(padding: Padding(1), enlargement: MapSize(height: 34, width: 36)))
    },
    // Operands are bf16 at some levels and integers of sixteen bits at others: each rounds once as bf16 does.
    BatchOperation("attention of bf16", [3, 300, 66], within: Tolerance(relative: 0x1p-6)) {
      $0.attention(keys: $0, values: $0, heads: 2, precision: .bfloat16)
    },
    BatchOperation("attention", [3, 300, 66]) { $0.attention(keys: $0, values: $0, heads: 2) },
    BatchOperation("attention with a bias", [3, 130, 66]) {
      $0.attention(
        keys: $0, values: $0, heads: 2, bias: normals([1, 2, 130, 130], on: $0.device))
    },
    BatchOperation("deformable attention", [3, 231, 33]) { x in
      let samples = x.channels(0..<24)
      return x.deformableAttention(
        places: normals([231, 2], on: x.device),
        offsets: .concatenate([samples, samples]), weights: samples,
        DeformableOptions(
          heads: 3, levels: [MapSize(height: 7, width: 8), MapSize(height: 25, width: 7)],
          points: 4))
    },
    BatchOperation("gated product", [3, 70, 40]) {
      $0.gatedMatmul(
        matrix([128, 40], on: $0.device), bias: normals([128], on: $0.device))
    },
    BatchOperation("causal attention", [3, 77, 24]) {
      $0.attention(keys: $0, values: $0, heads: 3, causal: true)
    },
  ]

  private static let normalisations = [
    // 67 000 numbers a channel group are summed in several chunks.
    BatchOperation("groupNorm", [3, 67, 50, 40]) {
      $0.groupNorm(
        groups: 2, weight: normals([40], on: $0.device), epsilon: 1e-5, activation: .silu)
    },
    BatchOperation("layerNorm", [3, 77, 37]) {
      $0.layerNorm(weight: normals([37], on: $0.device), bias: normals([37], on: $0.device))
    },
  ]

  private static let elementwise =
    Activation.allCases.map { activation in
      BatchOperation(activation.rawValue, [3, 211, 67]) { $0.map(activation) }
    } + [
      BatchOperation("geglu", [3, 131, 134]) { $0.geglu() },
      BatchOperation("clamp", [3, 211, 67]) { $0.clamped(to: -0.5...1) },
      BatchOperation("softmax", [3, 211, 67]) { $0.softmax() },
      BatchOperation("multiply", [3, 211, 67]) { $0 * normals([211, 1], on: $0.device) },
      BatchOperation("multiply by itself", [3, 211, 67]) { $0 * $0 },
      BatchOperation("combine", [3, 211, 67]) {
        Tensor.combine([(0.3, $0), (0.7, $0.silu()), (1, normals([67], on: $0.device))])
      },
    ]

  private static let rearrangements = [
    BatchOperation("concatenate", [3, 211, 67]) { .concatenate([$0, $0.channels(3..<30)]) },
    BatchOperation("cropped", [3, 40, 30, 33]) { $0.cropped(rows: 1..<33, columns: 3..<29) },
    BatchOperation("gather", [3, 211, 67]) { x in
      let rows = (0..<x.shape[0]).flatMap { [211 * $0 + 5, 211 * $0, 211 * $0 + 210] }
      return x.reshaped([x.shape[0] * 211, 67])
        .gather(Tensor(rows.map(Int32.init), [x.shape[0], 3], on: x.device))
    },
    BatchOperation("nearest resize", [3, 20, 15, 33]) {
      $0.resize(to: MapSize(height: 39, width: 30), .nearest)
    },
    BatchOperation("bilinear resize", [3, 20, 15, 33]) {
      $0.resize(to: MapSize(height: 39, width: 31), .bilinear)
    },
    BatchOperation("bicubic resize", [3, 20, 15, 33]) {
      $0.resize(to: MapSize(height: 13, width: 30), .bicubic, alignCorners: true)
    },
    BatchOperation("mean pool", [3, 41, 31, 33]) {
      $0.pool(.mean, window: 2, stride: 2, roundsUp: true)
    },
    BatchOperation("max pool", [3, 41, 31, 33]) {
      $0.pool(.max, window: 3, stride: 2, padding: Padding(1))
    },
    BatchOperation("pixelUnshuffle", [3, 40, 32, 3]) { $0.pixelUnshuffle(8) },
    BatchOperation("insertZeros", [3, 20, 15, 33]) { $0.insertZeros(stride: 2) },
    BatchOperation("transposed", [3, 211, 167]) { $0.transposed() },
    BatchOperation("cast", [3, 211, 167]) { $0.cast(to: .float16).cast(to: .float32) },
  ]

  /// A precision, where a device multiplies it.
  private static func known(_ precision: ProductPrecision, on device: Device) -> ProductPrecision {
    device.backend.supports(precision) ? precision : .bfloat16
  }

  private static func normals(_ shape: Shape, on device: Device) -> Tensor {
    .normal(shape, seed: 99, on: device)
  }
  private static func matrix(_ shape: Shape, on device: Device) -> PackedWeight {
    PackedWeight(matrix: normals(shape, on: device))
  }
  private static func window(_ shape: Shape, on device: Device) -> PackedWeight {
    PackedWeight(kernel: normals(shape, on: device))
  }
}
