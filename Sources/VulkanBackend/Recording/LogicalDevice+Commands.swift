import CVulkan

extension LogicalDevice {
  /// A pool of command buffers that are begun again one by one.
  func makeCommandPool() throws -> VkCommandPool {
    var info = VkCommandPoolCreateInfo()
    info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO
    info.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT.rawValue
    info.queueFamilyIndex = queueFamily
    return try make("vkCreateCommandPool") { functions.createCommandPool(handle, &info, nil, $0) }
  }

  /// A command buffer that goes with its pool.
  func makeCommandBuffer(_ pool: VkCommandPool) throws -> VkCommandBuffer {
    var info = VkCommandBufferAllocateInfo()
    info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO
    info.commandPool = pool
    info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY
    info.commandBufferCount = 1
    return try make("vkAllocateCommandBuffers") {
      functions.allocateCommandBuffers(handle, &info, $0)
    }
  }

  /// Empties a command buffer, to be filled.
  func begin(_ commands: VkCommandBuffer, _ usage: VkCommandBufferUsageFlagBits) throws {
    var info = VkCommandBufferBeginInfo()
    info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO
    info.flags = usage.rawValue
    try check(functions.beginCommandBuffer(commands, &info), "vkBeginCommandBuffer")
  }

  /// One barrier for all memory, between everything before and everything after it, or before this
  /// program reads.
  func barrier(_ commands: VkCommandBuffer, forHost: Bool = false) {
    var barrier = VkMemoryBarrier()
    barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER
    barrier.srcAccessMask = flags(VK_ACCESS_SHADER_WRITE_BIT, VK_ACCESS_TRANSFER_WRITE_BIT)
    barrier.dstAccessMask =
      forHost
      ? VK_ACCESS_HOST_READ_BIT.rawValue
      : flags(
        VK_ACCESS_SHADER_READ_BIT, VK_ACCESS_SHADER_WRITE_BIT, VK_ACCESS_TRANSFER_READ_BIT,
        VK_ACCESS_TRANSFER_WRITE_BIT)
    let work = flags(VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, VK_PIPELINE_STAGE_TRANSFER_BIT)
    let next = forHost ? VK_PIPELINE_STAGE_HOST_BIT.rawValue : work
    functions.pipelineBarrier(commands, work, next, 0, 1, &barrier, 0, nil, 0, nil)
  }
}
