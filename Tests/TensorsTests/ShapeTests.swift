import Tensors
import TestSupport
import Testing

@Suite struct ShapeTests {
  @Test func countsElementsRowsAndAxes() {
    let shape: Shape = [2, 3, 5]
    #expect(shape.count == 30 && shape.rows == 6 && shape.rank == 3)
    #expect(shape.leading == [2, 3])
    #expect(Shape([]).count == 1 && Shape([4]).rows == 1 && Shape([3, 0]).count == 0)
  }

  @Test func negativeAxesCountFromTheEnd() {
    let shape: Shape = [2, 3, 5]
    #expect(shape[-1] == 5 && shape[-3] == 2 && shape[1] == 3)
  }

  @Test func replacesTheOuterOrTheInnerExtent() {
    #expect(Shape([2, 3, 5]).with(first: 7) == [7, 3, 5])
    #expect(Shape([2, 3, 5]).with(last: 7) == [2, 3, 7])
    #expect("\(Shape([2, 3]))" == "[2, 3]")
  }

  @Test func trapsOnANegativeExtent() async {
    await #expect(processExitsWith: .failure) { _ = Shape([2, -1]) }
  }
}
