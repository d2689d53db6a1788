import Tensors
import TestSupport
import Testing

@Suite struct MultiplyTests {
  @Test(
    arguments: Device.underTest,
    [
      "same", "channels", "samplesChannels", "mask", "oneMask", "columns", "rowsChannels", "number",
    ])
  func matchesPyTorch(on device: Device, _ name: String) throws {
    let fixture = try Fixture("ops/multiply", on: device)
    expectClose(
      fixture["\(name).x"] * fixture["\(name).operand"], fixture["\(name).y"],
      within: Tolerance(relative: 1e-6))
  }

  /// Runs of one, and runs that do not divide the parts of the threads.
  @Test(
    arguments: Device.underTest,
    [
      Shape([1]), [67], [701, 1], [701, 67], [1, 701, 67], [3, 1, 1], [3, 1, 67], [3, 701, 1],
      [3, 701, 67],
    ])
  func matchesTheDefinition(on device: Device, _ shape: Shape) {
    let x = Tensor.normal([3, 701, 67], seed: 42, on: device)
    let operand = Tensor.normal(shape, seed: 43, on: device)
    let (values, factors) = (x.floats(), operand.floats())
    let own = [Int](repeating: 1, count: 3 - shape.rank) + shape.dimensions
    let expected = values.indices.map { i in
      let place = [i / (701 * 67), i / 67 % 701, i % 67]
      let index = zip(own, place).reduce(0) { $0 * $1.0 + ($1.0 == 1 ? 0 : $1.1) }
      return values[i] * factors[index]
    }
    #expect((x * operand).floats() == expected)
  }

  @Test(arguments: Device.underTest)
  func keepsANaN(on device: Device) {
    let x = Tensor([.nan, 0, 2], [3], on: device)
    let y = (x * Tensor([0, .infinity, .nan], [3], on: device)).floats()
    #expect(y.allSatisfy { $0.isNaN })
  }

  @Test(arguments: [[2], [4, 3], [2, 3, 2], [1, 2, 3, 3]])
  func trapsOnAnOperandThatCannotBeRepeated(_ dimensions: [Int]) async {
    await #expect(processExitsWith: .failure) { [dimensions] in
      let operand = Tensor(repeating: 0, Shape(dimensions), on: .sharedCPU)
      _ = Tensor(repeating: 0, [2, 3, 3], on: .sharedCPU) * operand
    }
  }
}
