import CVulkan
import Tensors

/// Commands that are encoded once, while a function runs, and then submitted often.
///
/// They begin and end with a barrier against everything else, other submissions of their own included.
///
/// Unchecked because handles are pointers: one thread fills it, and from then on nothing changes.
final class CommandRecording: FunctionScope, @unchecked Sendable {
  /// Commands that one set of timestamps measures.
  private static let profileSize = 256

  let device: LogicalDevice
  let layout: VkPipelineLayout
  let commands: VkCommandBuffer
  /// Where results go.
  let memory: any MemorySource
  /// Times of every command, if they are measured.
  private(set) var profiles: [BatchProfile] = []
  /// The command that came last.
  private(set) var latest: Work?
  private let pool: VkCommandPool
  private let measures: Bool
  private var hazards = Hazards()
  /// What the host wrote for the commands to read.
  private var constants: [VulkanStorage] = []

  /// - Parameters:
  ///   - memory: Where results go, which nobody else uses as long as the recording lives.
  ///   - profiles: Whether the time of every command is measured.
  init(
    _ device: LogicalDevice, layout: VkPipelineLayout, memory: any MemorySource, profiles: Bool
  ) throws {
    (self.device, self.layout, self.memory, measures) = (device, layout, memory, profiles)
    pool = try device.makeCommandPool()
    commands = try device.makeCommandBuffer(pool)
    // The next replay is submitted while the device still works on the last one.
    try device.begin(commands, VK_COMMAND_BUFFER_USAGE_SIMULTANEOUS_USE_BIT)
    device.barrier(commands)
  }

  deinit { device.functions.destroyCommandPool(device.handle, pool, nil) }

  var latestWork: String { latest?.description ?? "the beginning of a recording" }

  /// Keeps memory whose contents the commands find and never make.
  func keep(_ constant: VulkanStorage) { constants.append(constant) }

  func encode(
    _ work: Work, reads: [MemoryRange], writes: [MemoryRange], _ body: (VkCommandBuffer) -> Void
  ) {
    if device.failure.error != nil { return }
    if hazards.add(reads: reads, writes: writes) { device.barrier(commands) }
    let profile = profileWithRoom()
    profile?.begin(work.operation, commands)
    body(commands)
    profile?.end(commands)
    latest = work
  }

  /// Ends the commands.
  func finish() throws {
    device.barrier(commands)
    try check(device.functions.endCommandBuffer(commands), "vkEndCommandBuffer")
  }

  private func profileWithRoom() -> BatchProfile? {
    guard measures else { return nil }
    if let last = profiles.last, !last.isFull { return last }
    let profile = device.failure.attempt {
      try BatchProfile(device, capacity: Self.profileSize)
    }
    profile?.reset(commands)
    if let profile { profiles.append(profile) }
    return profile
  }
}
