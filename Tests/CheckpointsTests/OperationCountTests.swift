import Checkpoints
import TensorCore
import Testing

@Suite struct OperationCountTests {
  @Test func countsProductsAndSumsOfAConvolution() {
    let operations = countOperations { device in
      let x = Tensor(repeating: 1, [2, 8, 8, 4], on: device)
      let window = PackedWeight(kernel: Tensor(repeating: 1, [16, 4, 3, 3], on: device))
      _ = x.conv2D(window, Conv2DOptions(stride: 2, padding: Padding(1)))
    }
    #expect(operations == 2 * (2 * 4 * 4 * 16) * (3 * 3 * 4))
  }

  @Test func countsScoresAndMeansOfAttention() {
    let operations = countOperations { device in
      let (q, k) = (Tensor([2, 6, 8], on: device), Tensor([2, 5, 8], on: device))
      _ = q.attention(keys: k, values: k, heads: 4)
    }
    #expect(operations == 2 * 2 * (2 * 4) * (6 * 5) * 2)
  }

  @Test func countsNothingButProducts() {
    let operations = countOperations { device in
      let x = Tensor(repeating: 1, [1, 4, 4, 8], on: device)
      _ = (x + x.silu()).groupNorm(groups: 2, epsilon: 1e-5)
    }
    #expect(operations == 0)
  }

  @Test func startsFromZeroEachTime() {
    let count = {
      countOperations { device in
        let matrix = PackedWeight(matrix: Tensor(repeating: 1, [3, 2], on: device))
        _ = Tensor(repeating: 1, [5, 2], on: device).matmul(matrix)
      }
    }
    #expect([count(), count()] == [60, 60])
  }
}
