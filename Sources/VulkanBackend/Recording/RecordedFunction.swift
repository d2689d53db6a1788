import Synchronization
import Tensors

/// A function's operations in a command buffer of their own, between fixed places for its inputs and its
/// results.
final class RecordedFunction: Sendable {
  /// The values by which the last replay and the one before it are done.
  private struct Submissions {
    var last: UInt64 = 0
    var beforeLast: UInt64 = 0
  }

  private let backend: VulkanBackend
  /// Kept for what it captures, too.
  private let function: Recording.Function
  private let recording: CommandRecording
  private let places, results: [Tensor]
  /// The lock under which a replay is submitted together with its copies.
  private let submissions = Mutex(Submissions())

  /// Calls a function twice, first to see what memory it holds, then to record what it does; nothing is
  /// computed yet.
  init(
    _ function: @escaping Recording.Function, like inputs: [Tensor], on backend: VulkanBackend
  ) throws {
    (self.backend, self.function) = (backend, function)
    let call: () -> (places: [Tensor], results: [Tensor]) = {
      let places = inputs.map { Tensor($0.shape, $0.dtype, on: $0.device) }
      return (places, function(places))
    }
    let recording = try backend.makeRecording(backend.plan { _ = call() })
    self.recording = recording
    (places, results) = CurrentScope.$value.withValue(recording) { call() }
    try recording.finish()
  }

  /// Memory and commands must not go before the device is done with them.
  deinit { backend.recorder.wait(for: submissions.withLock(\.last)) }

  /// Repeats the operations. The device may have two replays to do: more would put progress and
  /// interruption off.
  func callAsFunction(_ inputs: [Tensor]) -> [Tensor] {
    // The operations belong to another recording.
    if backend.recording != nil { return function(inputs) }
    let recorder = backend.recorder
    return submissions.withLock { submissions in
      recorder.wait(for: submissions.beforeLast)
      for (input, place) in zip(inputs, places) {
        recorder.copy(input, to: place, Work(operation: "input", result: place.shape))
      }
      submissions.beforeLast = submissions.last
      submissions.last = recorder.submit(recording)
      return results.map { result in
        let copy = Tensor(result.shape, result.dtype, on: result.device)
        recorder.copy(result, to: copy, Work(operation: "result", result: copy.shape))
        return copy
      }
    }
  }
}
