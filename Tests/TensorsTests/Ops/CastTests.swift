import Tensors
import TestSupport
import Testing

@Suite struct CastTests {
  @Test(arguments: Device.underTest)
  func roundsAsPyTorch(on device: Device) throws {
    let fixture = try Fixture("ops/cast", on: device)
    let x = fixture["all.x"]
    expectSame(x.cast(to: .float16).floats(), fixture["all.half"].floats())
    expectSame(x.cast(to: .bfloat16).floats(), fixture["all.bfloat"].floats())
    expectSame(
      fixture["all.half"].cast(to: .bfloat16).floats(),
      fixture["all.half"].cast(to: .float32).cast(to: .bfloat16).floats())
  }

  /// Every half and every bfloat16 survives the way to `float32` and back.
  @Test(arguments: Device.underTest, [DType.float16, .bfloat16])
  func isLosslessForEveryShortNumber(on device: Device, _ dtype: DType) {
    let bits = (0...UInt16.max).map { $0 }
    let x = Tensor(bytes: bits.span.bytes, [bits.count], dtype, on: device)
    let wide = x.floats()
    for (bits, value) in zip(bits, wide) {
      let expected =
        dtype == .float16
        ? Float(Float16(bitPattern: bits)) : Float(bitPattern: UInt32(bits) << 16)
      #expect(value == expected || (value.isNaN && expected.isNaN))
    }
    expectSame(Tensor(wide, x.shape, on: device).cast(to: dtype).floats(), wide)
  }

  @Test(arguments: Device.underTest)
  func integersBecomeNumbers(on device: Device) {
    #expect(Tensor([-3, 0, 49407] as [Int32], [3], on: device).floats() == [-3, 0, 49407])
  }

  @Test func toItsOwnTypeIsTheTensorItself() {
    let x = Tensor([1, 2] as [Float], [2], on: .sharedCPU)
    #expect(x.cast(to: .float32).storage === x.storage)
  }

  private func expectSame(
    _ found: [Float], _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let same = zip(found, expected).allSatisfy { a, b in
      a.isNaN ? b.isNaN : a.bitPattern == b.bitPattern
    }
    #expect(same && found.count == expected.count, sourceLocation: sourceLocation)
  }
}
