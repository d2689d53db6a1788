import Tensors
import TestSupport
import Testing
import VulkanBackend

/// `RecordingTests` run on a Vulkan device too; these are about what it records, and its memory.
@Suite(.enabled(if: Device.sharedVulkan != nil, "there is no Vulkan device"))
struct RecordedFunctionTests {
  private func makeBackend(
    profiles: Bool = false, streamsWeights: Bool = false
  ) throws -> VulkanBackend {
    var options = VulkanOptions.validated
    (options.profiles, options.streamsWeights) = (profiles, streamsWeights)
    return try VulkanBackend(options)
  }

  @Test func callsAFunctionOnceForEachCombinationOfShapes() throws {
    let backend = try makeBackend()
    let calls = Counter()
    let recording = Recording { inputs in
      calls.count()
      return [inputs[0].silu()]
    }
    for size in [5, 9, 5, 9, 5] {
      _ = recording([Tensor(repeating: 1, [size], on: Device(backend))])[0].floats()
    }
    // Each time first to see what memory it holds, then to record.
    #expect(calls.value == 4)
    #expect(backend.recordingCount == 2)
  }

  @Test func whatAnotherRecordingDoesIsPartOfTheOneThatCallsIt() throws {
    let backend = try makeBackend()
    let inner = Recording { [$0[0].silu()] }
    let outer = Recording { [inner($0)[0].silu()] }
    let x = Tensor(repeating: 1, [5], on: Device(backend))
    _ = (outer([x]), inner([x]), outer([x]), inner([x]))
    #expect(backend.recordingCount == 2)
  }

  /// As a look at an attention's shares does: keys become weights, a head at a time.
  @Test(arguments: [false, true]) func aFunctionMayPackWhatItComputes(streamsWeights: Bool) throws {
    let device = Device(try makeBackend(streamsWeights: streamsWeights))
    let scores: Recording.Function = { inputs in
      (0..<4).map { head in
        let channels = 3 * head..<3 * head + 3
        let keys = inputs[1].channels(channels).reshaped([7, 3])
        return inputs[0].channels(channels).matmul(PackedWeight(matrix: keys))
      }
    }
    let recording = Recording(scores)
    for seed in 1...3 as ClosedRange<UInt64> {
      let inputs = [
        Tensor.normal([1, 9, 12], seed: seed, on: device),
        Tensor.normal([1, 7, 12], seed: seed + 9, on: device),
      ]
      for (found, expected) in zip(recording(inputs), scores(inputs)) {
        expectClose(found, expected, within: .exact)
      }
    }
  }

  /// Only two replays may be on their way, so that interruption comes in time: some of these wait.
  @Test func replaysFollowEachOtherWithoutReading() throws {
    let device = Device(try makeBackend())
    let recording = Recording { [$0[0] + $0[1].groupNorm(groups: 2, epsilon: 1e-5).silu()] }
    let ones = Tensor(repeating: 1, [2, 64, 64, 8], on: device)
    var x = ones
    for _ in 0..<40 { x = recording([x, ones])[0] + ones }
    expectClose(x, Tensor(repeating: 41, ones.shape, on: device), within: .exact)
  }

  /// The validation layer says so when commands or memory go that the device still uses.
  @Test func endsWithReplaysUnderWay() throws {
    let device = Device(try makeBackend())
    let x = Tensor.normal([1, 64, 64, 64], seed: 1, on: device)
    let recording = Recording { [$0[0].groupNorm(groups: 8, epsilon: 1e-5)] }
    for _ in 0..<5 { _ = recording([x]) }
  }

  @Test func measuresEveryOperationOfEveryReplay() throws {
    let backend = try makeBackend(profiles: true)
    let recording = Recording { inputs in
      [(0..<300).reduce(inputs[0]) { x, _ in x.silu() }.map(.relu)]
    }
    let x = Tensor.normal([1, 8, 8, 16], seed: 1, on: Device(backend))
    for _ in 0..<3 { _ = recording([x])[0].floats() }
    let times = backend.takeTimes()
    #expect(times.counts["map silu"] == 900)
    #expect(times.counts["map relu"] == 3)
    #expect(times.counts["input"] == 3)
    #expect(times.counts["result"] == 3)
    #expect(times.seconds["map silu"] ?? 0 > 0)
    #expect(backend.takeTimes().counts.isEmpty)
  }

  /// What is made between replays must not lie where the next one writes.
  @Test func aRecordingHasMemoryOfItsOwn() throws {
    let backend = try makeBackend()
    let device = Device(backend)
    let function: Recording.Function = { inputs in
      let h = inputs[0].silu()
      return [h.groupNorm(groups: 4, epsilon: 1e-5) + inputs[0]]
    }
    let recording = Recording(function)
    let inputs = (0..<4).map { Tensor.normal([1, 100, 100, 64], seed: $0, on: device) }
    let expected = inputs.map { function([$0])[0].floats() }
    let kept = inputs.map { (result: recording([$0])[0], other: $0.map(.sigmoid)) }
    for (index, (result, other)) in kept.enumerated() {
      expectClose(result, expected[index], within: .exact)
      expectClose(other, inputs[index].map(.sigmoid), within: .exact)
    }
  }

  @Test func givesItsMemoryBackWithTheLastReplay() throws {
    let backend = try makeBackend()
    let device = Device(backend)
    let x = Tensor.normal([1, 100, 100, 64], seed: 1, on: device)
    let used = backend.ownActivations.usedByteCount
    func run() -> [Float] {
      let recording = Recording { inputs in
        let constant = Tensor(repeating: 2, [64], on: device)
        return [inputs[0].silu().groupNorm(groups: 4, epsilon: 1e-5) + constant]
      }
      let first = recording([x])[0].floats()
      expectClose(recording([x])[0], first, within: .exact)
      return first
    }
    let first = run()
    let held = backend.ownActivations.heldByteCount
    for _ in 0..<10 { expectClose(run(), first, within: .exact) }
    #expect(backend.ownActivations.usedByteCount == used)
    #expect(backend.ownActivations.heldByteCount == held)
  }

  @Test func anotherDevicesWorkIsNoPartOfARecording() throws {
    let (device, other) = (Device(try makeBackend()), Device(try makeBackend()))
    let recording = Recording { inputs in
      let weights = (2 * Tensor(repeating: 3, [4], on: other)).floats()
      return [inputs[0] + Tensor(weights, [4], on: device)]
    }
    for value in 0..<3 {
      let x = Tensor(repeating: Float(value), [4], on: device)
      #expect(recording([x])[0].floats() == [Float](repeating: Float(value + 6), count: 4))
    }
  }

  @Test func stopsWhenAFunctionReads() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let recording = Recording { inputs in
        _ = inputs[0].floats()
        return inputs
      }
      _ = recording([Tensor(repeating: 1, [2, 3], on: try Device.vulkan())])
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("a recorded function reads a tensor of [2, 3]"))
  }

  /// Some threads record, some replay what they share, some work without; all on one queue.
  @Test func servesSeveralCallersAtOnce() async throws {
    let device = try #require(Device.sharedVulkan)
    let shared = Recording { inputs in [inputs[0].silu().map(.relu) + inputs[1]] }
    await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<9 {
        group.addTask {
          (0..<20).allSatisfy { step in
            let value = Float(caller * 20 + step)
            let x = Tensor(repeating: value, [1000], on: device)
            let expected = [Float](repeating: 2 * value, count: 1000)
            switch caller % 3 {
            case 0:
              let zeros = Tensor(repeating: 0, [1000], on: device)
              return shared([zeros, x + x])[0].floats() == expected
            case 1: return Recording { [$0[0] + x] }([x])[0].floats() == expected
            default: return (x + x).floats() == expected
            }
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
