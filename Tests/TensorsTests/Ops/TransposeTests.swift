import Tensors
import TestSupport
import Testing

@Suite struct TransposeTests {
  @Test(
    arguments: Device.underTest, [[1, 1, 1], [2, 3, 5], [2, 8, 16], [1, 257, 33], [3, 1, 9]])
  func transposedExchangesRowsAndColumns(on device: Device, _ size: [Int]) {
    let (samples, rows, columns) = (size[0], size[1], size[2])
    let x = Tensor((0..<samples * rows * columns).map { Float($0) }, Shape(size), on: device)
    let y = x.transposed()
    #expect(y.shape == [samples, columns, rows])
    let expected = (0..<x.shape.count).map { i in
      let (sample, column, row) = (i / (rows * columns), i / rows % columns, i % rows)
      return Float((sample * rows + row) * columns + column)
    }
    #expect(y.floats() == expected)
  }

  @Test(arguments: Device.underTest)
  func channelsLastMovesTheChannelsToTheEndAndBack(on device: Device) {
    let x = Tensor((0..<2 * 3 * 2 * 2).map { Float($0) }, [2, 3, 2, 2], on: device)
    let y = x.channelsLast()
    #expect(y.shape == [2, 2, 2, 3])
    #expect(y.floats().prefix(6) == [0, 4, 8, 1, 5, 9])
    #expect(y.channelsFirst().floats() == x.floats())
    #expect(y.channelsFirst().shape == x.shape)
  }
}
