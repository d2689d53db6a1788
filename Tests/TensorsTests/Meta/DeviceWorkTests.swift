import Tensors
import Testing

@Suite struct DeviceWorkTests {
  @Test func countsProductsAndSumsOfAConvolution() throws {
    let work = try DeviceWork { device in
      let x = Tensor(repeating: 1, [2, 8, 8, 4], on: device)
      let window = PackedWeight(kernel: Tensor(repeating: 1, [16, 4, 3, 3], on: device))
      return { _ = x.conv2D(window, Conv2DOptions(stride: 2, padding: Padding(1))) }
    }
    #expect(work.dispatches == ["conv2D": 1])
    #expect(work.allocations == 1)
    #expect(work.floatingPointOperations == 2 * (2 * 4 * 4 * 16) * (3 * 3 * 4))
  }

  @Test func countsScoresAndMeansOfAttention() throws {
    let work = try DeviceWork { device in
      let (q, k) = (Tensor([2, 6, 8], on: device), Tensor([2, 5, 8], on: device))
      return { _ = q.attention(keys: k, values: k, heads: 4) }
    }
    #expect(work.dispatches == ["attention": 1])
    #expect(work.floatingPointOperations == 2 * 2 * (2 * 4) * (6 * 5) * 2)
  }

  @Test func countsNoOperationsButThoseOfProducts() throws {
    let work = try DeviceWork { device in
      let x = Tensor(repeating: 1, [1, 4, 4, 8], on: device)
      return { _ = (x + x.silu()).groupNorm(groups: 2, epsilon: 1e-5) }
    }
    #expect(work.dispatches == ["map": 1, "combine": 1, "groupNorm": 1])
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

  @Test func countsProductsOfEveryGroup() throws {
    let work = try DeviceWork { device in
      let x = Tensor([1, 8, 8, 6], on: device)
      let grouped = PackedWeight(kernel: Tensor([4, 3, 3, 3], on: device), groups: 2)
      let depthwise = PackedWeight(kernel: Tensor([6, 1, 3, 3], on: device), groups: 6)
      return {
        _ = x.conv2D(grouped, Conv2DOptions(padding: Padding(1)))
        _ = x.conv2D(depthwise, Conv2DOptions(padding: Padding(1)))
      }
    }
    #expect(work.floatingPointOperations == 2 * 64 * 9 * (4 * 3 + 6))
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
