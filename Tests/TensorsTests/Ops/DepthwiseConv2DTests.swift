import Tensors
import TestSupport
import Testing

@Suite struct DepthwiseConv2DTests {
  /// Channels around eights and registers.
  @Test(arguments: Device.underTest, [1, 3, 8, 17, 33, 64])
  func matchesTheDefinitionOnAwkwardShapes(on device: Device, _ channels: Int) {
    for (kernel, stride, dilation) in [(1, 1, 1), (3, 1, 1), (3, 2, 2), (5, 3, 1)] {
      let x = Tensor.normal([2, 9, 7, channels], seed: 46, on: device)
      let weight = Tensor.normal([channels, 1, kernel, kernel], seed: 47, on: device)
      let padding = dilation * (kernel / 2)
      let y = x.conv2D(
        PackedWeight(kernel: weight, groups: channels),
        Conv2DOptions(stride: stride, dilation: dilation, padding: Padding(padding)))
      expectClose(
        y,
        Reference.conv2D(
          x, weight, stride: stride, dilation: dilation, groups: channels, padding: padding))
    }
  }

  @Test(arguments: Device.underTest)
  func enlargesBeforeItConvolves(on device: Device) {
    let x = Tensor.normal([2, 5, 4, 16], seed: 48, on: device)
    let weight = PackedWeight(
      kernel: .normal([16, 1, 3, 3], seed: 49, on: device), groups: 16)
    let size = MapSize(height: 9, width: 8)
    expectClose(
      x.conv2D(weight, Conv2DOptions(padding: Padding(1), enlargement: size)),
      x.resize(to: size, .nearest).conv2D(weight, Conv2DOptions(padding: Padding(1))))
  }
}
