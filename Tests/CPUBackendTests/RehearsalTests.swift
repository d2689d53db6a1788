import CPUBackend
import Tensors
import TestSupport
import Testing

/// What a processor says some work will take.
@Suite struct RehearsalTests {
  /// A gate that a level's kernels do not apply holds values and gates beside the result.
  @Test(arguments: CPULevel.available, [128, 17])
  func countsGatesWhereTheyAreHeld(_ level: CPULevel, _ outputs: Int) throws {
    let device = Device.cpu(threads: 1, level: level)
    let needed = try device.memory { device in
      let x = Tensor([10, 8], on: device)
      let weight = PackedWeight(matrix: Tensor([2 * outputs, 8], on: device))
      return { _ = x.gatedMatmul(weight) }
    }
    let parts = outputs == 128 && level != .blas ? 1 : 3
    #expect(needed == parts * 10 * outputs * 4)
  }

  /// A map is only made larger where it is not convolved in four parts.
  @Test(arguments: CPULevel.available, [12, 13])
  func countsAnEnlargedMapWhereItIsMade(_ level: CPULevel, _ side: Int) throws {
    let device = Device.cpu(threads: 1, level: level)
    let needed = try device.memory { device in
      let x = Tensor([1, 6, 6, 8], on: device)
      let weight = PackedWeight(kernel: Tensor([4, 8, 3, 3], on: device))
      let options = Conv2DOptions(
        padding: Padding(1), enlargement: MapSize(height: side, width: side))
      return { _ = x.conv2D(weight, options) }
    }
    let made = side == 13 || level == .blas ? 8 : 0
    #expect(needed == side * side * (4 + made) * 4)
  }
}
