import Checkpoints
import NeuralLayers
import Tensors
import TestSupport
import Testing

@Suite struct LayerTests {
  @Test(arguments: Device.underTest)
  func linearMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("linear", on: device)
    let layer = try Linear(f.parameters, from: 12, to: 10)
    expectClose(layer(f["x"]), f["y"])
    let residual = Tensor.normal([2, 11, 10], seed: 1, on: device)
    expectClose(layer(f["x"], residual: residual), f["y"] + residual)
  }

  @Test(arguments: Device.underTest)
  func linearAppliesItsActivation(on device: Device) throws {
    let f = try LayerFixture("linear", on: device)
    let layer = try Linear(f.parameters, from: 12, to: 10, activation: .relu)
    expectClose(layer(f["x"]), f["y"].floats().map { max($0, 0) })
  }

  @Test(arguments: Device.underTest)
  func linearWithoutBiasLeavesItOut(on device: Device) throws {
    let f = try LayerFixture("linear", on: device)
    let layer = try Linear(f.parameters, from: 12, to: 10, bias: false)
    expectClose(layer(f["x"]) + f["bias"], f["y"])
  }

  @Test(arguments: Device.underTest)
  func convolutionMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("conv", on: device)
    let layer = try Conv2D(f.parameters, from: 6, to: 10, kernel: 3)
    expectClose(layer(f.map("x")), f.map("y"))
    let shift = Tensor.normal([2, 10], seed: 1, on: device)
    let residual = Tensor.normal([2, 7, 5, 10], seed: 2, on: device)
    let y = f.map("y").reshaped([2, 35, 10])
    let shifted = Tensor.stack(
      samples: (0..<2).map { y.samples($0..<$0 + 1) + shift.samples($0..<$0 + 1) }
    ).reshaped([2, 7, 5, 10])
    expectClose(layer(f.map("x"), shift: shift, residual: residual), shifted + residual)
  }

  @Test(arguments: Device.underTest)
  func stridedConvolutionMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("conv_strided", on: device)
    let layer = try Conv2D(f.parameters, from: 6, to: 10, kernel: 3, stride: 2)
    expectClose(layer(f.map("x")), f.map("y"))
  }

  @Test(arguments: Device.underTest)
  func transposedConvolutionMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("conv_transpose", on: device)
    let layer = try ConvTranspose2D(
      f.parameters, from: 6, to: 10, kernel: 3, stride: 2, padding: 1, outputPadding: 1)
    expectClose(layer(f.map("x")), f.map("y"))
  }

  @Test(arguments: Device.underTest)
  func wideTransposedConvolutionMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("conv_transpose_wide", on: device)
    let layer = try ConvTranspose2D(
      f.parameters, from: 6, to: 4, kernel: 4, stride: 3, padding: 1, outputPadding: 2)
    expectClose(layer(f.map("x")), f.map("y"))
  }

  @Test(arguments: Device.underTest)
  func groupNormMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("group_norm", on: device)
    let layer = try GroupNorm(f.parameters, channels: 6, groups: 3, epsilon: 1e-3)
    expectClose(layer(f.map("x")), f.map("y"))
    let activated = try GroupNorm(
      f.parameters, channels: 6, groups: 3, epsilon: 1e-3, activation: .silu)
    expectClose(activated(f.map("x")), f.map("y").silu())
  }

  @Test(arguments: Device.underTest)
  func layerNormMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("layer_norm", on: device)
    expectClose(try LayerNorm(f.parameters, channels: 12)(f["x"]), f["y"])
  }

  @Test(arguments: Device.underTest)
  func embeddingMatchesPyTorch(on device: Device) throws {
    let f = try LayerFixture("embedding", on: device)
    expectClose(
      try Embedding(f.parameters, count: 20, channels: 6)(f["x"]), f["y"], within: .exact)
  }

  @Test(arguments: Device.underTest)
  func selfAttentionMatchesDiffusers(on device: Device) throws {
    let f = try LayerFixture("self_attention", on: device)
    let layer = try Attention(f.parameters, channels: 12, heads: 3, bias: true)
    expectClose(layer(f["x"]), f["y"])
    expectClose(layer(f["x"], residual: f["x"]), f["y"] + f["x"])
  }

  @Test(arguments: Device.underTest)
  func crossAttentionMatchesDiffusers(on device: Device) throws {
    let f = try LayerFixture("cross_attention", on: device)
    let layer = try Attention(f.parameters, channels: 12, contextChannels: 9, heads: 2)
    expectClose(layer(f["x"], context: layer.project(f["context"])), f["y"])
  }

  @Test(arguments: Device.underTest)
  func feedForwardMatchesDiffusers(on device: Device) throws {
    let f = try LayerFixture("feed_forward", on: device)
    let layer = try FeedForward(f.parameters, channels: 12)
    expectClose(layer(f["x"]), f["y"])
    expectClose(layer(f["x"], residual: f["x"]), f["y"] + f["x"])
  }

  @Test(arguments: Device.underTest)
  func timestepEmbeddingMatchesDiffusers(on device: Device) throws {
    let f = try LayerFixture("timestep_embedding", on: device)
    expectClose(try TimestepEmbedding(f.parameters, from: 8, to: 16)(f["x"]), f["y"])
  }

  @Test func timestepsMatchDiffusers() throws {
    let f = try LayerFixture("timesteps", on: .sharedCPU)
    let values = f["x"].floats()
    let flipped = Timesteps(channels: 320, flipSinToCos: true, downscaleFreqShift: 0)
    expectClose(flipped(values, on: .sharedCPU), f["flipped"], within: .timesteps)
    let plain = Timesteps(channels: 18, flipSinToCos: false, downscaleFreqShift: 1)
    expectClose(plain(values, on: .sharedCPU), f["plain"], within: .timesteps)
  }
}

/// One layer's weights, input and output in `Tests/Fixtures/layers/layers.safetensors`.
private struct LayerFixture {
  let name: String
  let fixture: Fixture

  init(_ name: String, on device: Device) throws {
    self.name = name
    fixture = try Fixture("layers/layers", on: device)
  }

  var parameters: Parameters { fixture.parameters(prefix: name + ".") }

  /// A tensor in the file's own order.
  subscript(key: String) -> Tensor { fixture["\(name).\(key)"] }

  /// A feature map, channels last.
  func map(_ key: String) -> Tensor { self[key].channelsLast() }
}

extension Tolerance {
  /// One rounding of a frequency below 1, times the largest timestep of 2048.
  fileprivate static let timesteps = Tolerance(relative: 2048 * 0x1p-24)
}
