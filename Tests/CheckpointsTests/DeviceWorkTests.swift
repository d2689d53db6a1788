import Checkpoints
import TensorCore
import Testing

@Suite struct DeviceWorkTests {
  @Test func countsProductsAndSumsOfAConvolution() throws {
    let work = try DeviceWork { device in
      let x = Tensor(repeating: 1, [2, 8, 8, 4], on: device)
      let window = PackedWeight(kernel: Tensor(repeating: 1, [16, 4, 3, 3], on: device))
      return { _ = x.conv2D(window, Conv2DOptions(stride: 2, padding: Padding(1))) }
    }
    #expect(work.dispatches == [.conv2D: 1])
    #expect(work.allocations == 1)
    #expect(work.floatingPointOperations == 2 * (2 * 4 * 4 * 16) * (3 * 3 * 4))
  }

  @Test func countsScoresAndMeansOfAttention() throws {
    let work = try DeviceWork { device in
      let (q, k) = (Tensor([2, 6, 8], on: device), Tensor([2, 5, 8], on: device))
      return { _ = q.attention(keys: k, values: k, heads: 4) }
    }
    #expect(work.dispatches == [.attention: 1])
    #expect(work.floatingPointOperations == 2 * 2 * (2 * 4) * (6 * 5) * 2)
  }

  @Test func countsNoOperationsButThoseOfProducts() throws {
    let work = try DeviceWork { device in
      let x = Tensor(repeating: 1, [1, 4, 4, 8], on: device)
      return { _ = (x + x.silu()).groupNorm(groups: 2, epsilon: 1e-5) }
    }
    #expect(work.dispatches == [.map: 1, .combine: 1, .groupNorm: 1])
    #expect(work.floatingPointOperations == 0)
  }

  @Test func knowsTheMostMemoryThatWorkHoldsAtOnce() throws {
    let work = try DeviceWork { device in
      let x = Tensor([1, 1024], on: device)
      return {
        let y = x.silu() + x.map(.gelu)
        _ = x.silu().silu()
        _ = y
      }
    }
    #expect(work.allocations == 5)
    #expect(work.peakByteCount == 3 * 4096)
  }

  @Test(arguments: [(true, 1), (false, 3)])
  func countsGatesWhereTheyAreHeld(_ fusesGates: Bool, _ parts: Int) throws {
    let work = try DeviceWork(fusesGates: fusesGates) { device in
      let x = Tensor([10, 8], on: device)
      let weight = PackedWeight(matrix: Tensor([32, 8], on: device))
      return { _ = x.gatedMatmul(weight) }
    }
    #expect(work.dispatches == [.gatedMatmul: 1])
    #expect(work.peakByteCount == parts * 10 * 16 * 4)
  }

  @Test func countsPackedWeightsAsProductsStoreThem() throws {
    let work = try DeviceWork { device in
      let matrix = Tensor([8, 16], on: device)
      return {
        let single = PackedWeight(matrix: matrix)
        let half = PackedWeight(matrix: matrix, precision: .bfloat16)
        _ = (single, half)
      }
    }
    #expect(work.allocations == 0)
    #expect(work.peakByteCount == 8 * 16 * (4 + 2))
  }

  @Test func aNormTakesNoMemoryForAResultThatReplacesItsInput() throws {
    let replaced = try DeviceWork { device in
      let x = Tensor(repeating: 1, [1, 4, 4, 8], on: device)
      return { _ = (x + x).groupNorm(groups: 2, epsilon: 1e-5) }
    }
    #expect(replaced.allocations == 1)
    let seen = try DeviceWork { device in
      let x = Tensor(repeating: 1, [1, 4, 4, 8], on: device)
      return { _ = x.groupNorm(groups: 2, epsilon: 1e-5) + x }
    }
    #expect(seen.allocations == 2)
  }
}
