import Tensors
import TestSupport
import Testing

@Suite struct InsertZerosTests {
  @Test(arguments: Device.underTest)
  func spreadsThePixels(on device: Device) {
    let x = Tensor([1, 2, 3, 4] as [Float], [1, 2, 2, 1], on: device)
    let y = x.insertZeros(stride: 3)
    #expect(y.shape == [1, 4, 4, 1])
    #expect(y.floats() == [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 4])
    #expect(x.insertZeros(stride: 1).floats() == x.floats())
  }
}
