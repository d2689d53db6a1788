import Synchronization
public import TensorCore

extension VulkanBackend {
  /// A function's operations, recorded; nothing while another function is recorded, of which they become
  /// a part.
  public func recorded(
    _ function: @escaping Recording.Function, like inputs: [Tensor]
  ) -> Recording.Function? {
    if recording != nil { return nil }
    let recorded = recorder.device.failure.attempt {
      try RecordedFunction(function, like: inputs, on: self)
    }
    guard let recorded else { return nil }
    recordings.add(1, ordering: .relaxed)
    return { recorded($0) }
  }

  /// How many functions were recorded so far.
  package var recordingCount: Int { recordings.load(ordering: .relaxed) }

  /// What the running code is recorded in, if anything.
  var recording: CommandRecording? {
    // A function may also use another device, whose work is no part of the recording.
    CommandRecording.current.flatMap { $0.device === recorder.device ? $0 : nil }
  }

  /// Where the running code's commands go.
  var encoder: any CommandEncoder { recording ?? recorder }

  func makeRecording() throws -> CommandRecording {
    try CommandRecording(
      recorder.device, layout: pipelines.layout, memory: ownActivations, profiles: options.profiles)
  }
}
