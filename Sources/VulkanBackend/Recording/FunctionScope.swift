import Tensors

/// What a running function's commands and results go to, instead of the queue and the device's own memory.
protocol FunctionScope: CommandEncoder, Sendable {
  /// Where results go.
  var memory: any MemorySource { get }

  /// Keeps memory whose contents the commands find and never make.
  func keep(_ constant: VulkanStorage)
}

/// The scope of the running code; other threads have their own.
enum CurrentScope {
  @TaskLocal static var value: (any FunctionScope)?
}
