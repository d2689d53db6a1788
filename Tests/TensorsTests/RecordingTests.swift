import CPUBackend
import Tensors
import TestSupport
import Testing

@Suite struct RecordingTests {
  /// Some of everything: products, norms whose results take their input's place, scratch memory, views.
  private static func block(_ weight: PackedWeight) -> Recording.Function {
    { inputs in
      let (x, shift) = (inputs[0], inputs[1])
      let h = x.conv2D(weight, Conv2DOptions(padding: Padding(1), residual: x))
      let normed = h.groupNorm(groups: 4, epsilon: 1e-5, activation: .silu)
      let both = Tensor.stack(samples: [normed, x + shift])
      return [both.samples(1..<2), Tensor.concatenate([normed, x]), normed]
    }
  }

  private func inputs(_ seed: UInt64, side: Int = 9, on device: Device) -> [Tensor] {
    [.normal([1, side, 7, 8], seed: seed, on: device), .normal([8], seed: seed + 1, on: device)]
  }

  private func weight(on device: Device) -> PackedWeight {
    PackedWeight(kernel: .normal([8, 8, 3, 3], seed: 1, scale: 0.1, on: device))
  }

  @Test(arguments: Device.underTest)
  func everyCallGivesWhatTheFunctionGives(on device: Device) {
    let function = Self.block(weight(on: device))
    let recording = Recording(function)
    for seed in 2..<6 as Range<UInt64> {
      let inputs = inputs(seed, on: device)
      let (found, expected) = (recording(inputs), function(inputs))
      #expect(found.map(\.shape) == expected.map(\.shape))
      #expect(found.map { $0.floats() } == expected.map { $0.floats() })
    }
  }

  @Test(arguments: Device.underTest)
  func otherShapesAreOtherRecordings(on device: Device) {
    let function = Self.block(weight(on: device))
    let recording = Recording(function)
    for side in [9, 4, 9, 21, 4] {
      let inputs = inputs(UInt64(side), side: side, on: device)
      #expect(recording(inputs).map { $0.floats() } == function(inputs).map { $0.floats() })
    }
  }

  @Test(arguments: Device.underTest)
  func resultsAreInputsOfTheNextCall(on device: Device) {
    let recording = Recording { [0.5 * $0[0] + $0[1], $0[0]] }
    var state = [[8, 16, 24], [1, 2, 3]].map { Tensor($0 as [Float], [3], on: device) }
    for _ in 0..<5 { state = recording(state) }
    var (a, b) = ([8, 16, 24] as [Float], [1, 2, 3] as [Float])
    for _ in 0..<5 { (a, b) = (zip(a, b).map { 0.5 * $0 + $1 }, a) }
    #expect(state.map { $0.floats() } == [a, b])
  }

  @Test(arguments: Device.underTest)
  func resultsStayWhatTheyWere(on device: Device) {
    let recording = Recording { [2 * $0[0], $0[0]] }
    let kept = (0..<6).map { recording([Tensor(repeating: Float($0), [100], on: device)]) }
    for (index, results) in kept.enumerated() {
      #expect(results[0].floats() == [Float](repeating: Float(2 * index), count: 100))
      #expect(results[1].floats() == [Float](repeating: Float(index), count: 100))
    }
  }

  @Test(arguments: Device.underTest)
  func viewsAreInputsToo(on device: Device) {
    let table = Tensor((0..<20).map(Float.init), [5, 4], on: device)
    let recording = Recording { [$0[0].reshaped([4]) + $0[1]] }
    for row in 0..<5 {
      let inputs = [table.samples(row..<row + 1), table.samples(0..<1).reshaped([4])]
      #expect(recording(inputs)[0].floats() == (0..<4).map { Float(4 * row + 2 * $0) })
    }
  }

  /// The constant must not lie where an earlier or a later result of the same replay comes.
  @Test(arguments: Device.underTest)
  func numbersThatTheFunctionWritesAreConstant(on device: Device) {
    let recording = Recording { inputs in
      var x = inputs[0]
      for term in 1...4 { x = x.silu() + Tensor(repeating: Float(term), [64], on: device) }
      let indices = Tensor([1, 0] as [Int32], [2], on: device)
      return [x.map(.relu), x.reshaped([2, 32]).gather(indices)]
    }
    for seed in 7..<11 as Range<UInt64> {
      let x = Tensor.normal([64], seed: seed, on: device)
      let results = recording([x])
      var expected = x
      for term in 1...4 {
        expected = expected.silu() + Tensor(repeating: Float(term), [64], on: device)
      }
      let values = expected.floats()
      #expect(results[0].floats() == values.map { max($0, 0) })
      #expect(results[1].floats() == Array(values[32...] + values[..<32]))
    }
  }

  @Test(arguments: Device.underTest)
  func captivesLiveAsLongAsTheRecording(on device: Device) {
    func make() -> Recording {
      let captive = Tensor(repeating: 3, [1000], on: device).silu()
      return Recording { [$0[0] + captive] }
    }
    let recording = make()
    let x = Tensor(repeating: 1, [1000], on: device)
    let expected = recording([x])[0].floats()
    // What was free would be taken and written over.
    for _ in 0..<10 { _ = Tensor(repeating: 5, [1000], on: device) + x }
    #expect(recording([x])[0].floats() == expected)
  }

  @Test(arguments: Device.underTest)
  func aRecordingMayCallAnother(on device: Device) {
    let inner = Recording { [2 * $0[0]] }
    let outer = Recording { inputs in [inner(inner(inputs))[0] + inputs[0]] }
    for value in [1, 2, 3] as [Float] {
      let x = Tensor([value, -value], [2], on: device)
      #expect(outer([x])[0].floats() == [5 * value, -5 * value])
      #expect(inner([x])[0].floats() == [2 * value, -2 * value])
    }
    #expect(outer([Tensor([7, 8] as [Float], [2], on: device)])[0].floats() == [35, 40])
  }

  /// Weights that others pack between two calls must not lie where the next one packs its own.
  @Test(arguments: Device.underTest)
  func weightsMayBePackedInARecording(on device: Device) {
    let recording = Recording { [$0[0].matmul(PackedWeight(matrix: $0[1]))] }
    let x = Tensor.normal([5, 8], seed: 12, on: device)
    var others: [(weight: PackedWeight, product: [Float])] = []
    for seed in 13..<17 as Range<UInt64> {
      let matrix = Tensor.normal([3, 8], seed: seed, on: device)
      let found = recording([x, matrix])[0].floats()
      let other = PackedWeight(matrix: matrix)
      others.append((other, x.matmul(other).floats()))
      #expect(found == others[others.count - 1].product)
    }
    for other in others { #expect(x.matmul(other.weight).floats() == other.product) }
  }

  @Test(arguments: Device.underTest)
  func nothingIsRecordedWhenThatIsOff(on device: Device) {
    let calls = Counter()
    let recording = Recording {
      calls.count()
      return $0
    }
    let x = Tensor(repeating: 1, [1], on: device)
    Recording.$isEnabled.withValue(false) { for _ in 0..<3 { _ = recording([x]) } }
    #expect(calls.value == 3)
  }

  @Test func trapsWhenInputsAreOnDifferentDevices() async {
    await #expect(processExitsWith: .failure) {
      let devices = [Device.sharedCPU, .cpu(threads: 1)]
      _ = Recording { $0 }(devices.map { Tensor(repeating: 1, [1], on: $0) })
    }
  }
}
