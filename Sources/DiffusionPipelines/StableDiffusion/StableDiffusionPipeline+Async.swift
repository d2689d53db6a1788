extension StableDiffusionPipeline {
  /// Paints a batch on a thread of its own, and ends between two steps when the task is cancelled.
  ///
  /// - Parameters:
  ///   - requests: Images of one size.
  ///   - settings: How they are painted.
  ///   - progress: Called before every step and before the decoding, on the thread that paints; what it throws
  ///     ends the work.
  /// - Returns: An image for each request, in order: what the blocking call gives.
  /// - Throws: `CancellationError` when the task is cancelled; ``PipelineError`` for requests and settings that
  ///   cannot be, and for results that are no images; what `progress` throws.
  @concurrent
  public func callAsFunction(
    _ requests: [ImageRequest], _ settings: SamplingSettings = .init(),
    progress: @Sendable (Progress) throws -> Void = { _ in }
  ) async throws -> Output {
    try await withTaskExecutorPreference(GenerationExecutor.shared) {
      try blocking(requests, settings) {
        try Task.checkCancellation()
        try progress($0)
      }
    }
  }

  /// The call that is not asynchronous, for where the compiler would take the other one.
  private func blocking(
    _ requests: [ImageRequest], _ settings: SamplingSettings,
    progress: (Progress) throws -> Void
  ) throws -> Output { try self(requests, settings, progress: progress) }
}
