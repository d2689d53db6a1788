import Synchronization
public import Tensors

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
  var recording: (any FunctionScope)? {
    // A function may also use another device, whose work is no part of the recording.
    CurrentScope.value.flatMap { $0.device === recorder.device ? $0 : nil }
  }

  /// Where the running code's commands go.
  var encoder: any CommandEncoder { recording ?? recorder }

  /// What memory a function holds, found by a call in which nothing is computed.
  func plan(_ function: () -> Void) -> MemoryPlan {
    let rehearsal = Rehearsal(recorder.device, layout: pipelines.layout, nowhere: fault)
    CurrentScope.$value.withValue(rehearsal) { function() }
    return MemoryPlan(
      rehearsal.items, regionLimit: recorder.device.physical.maxAllocation)
  }

  func makeRecording(_ plan: MemoryPlan) throws -> CommandRecording {
    let memory = try PlannedMemory(plan, from: ownActivations, for: "a recording")
    return try CommandRecording(
      recorder.device, layout: pipelines.layout, memory: memory, profiles: options.profiles)
  }
}
