import CVulkan

/// The functions of a device that this backend calls.
struct DeviceFunctions: Sendable {
  let destroyDevice: PFN_vkDestroyDevice
  let getDeviceQueue: PFN_vkGetDeviceQueue
  let queueSubmit: PFN_vkQueueSubmit
  let deviceWaitIdle: PFN_vkDeviceWaitIdle

  let createBuffer: PFN_vkCreateBuffer
  let destroyBuffer: PFN_vkDestroyBuffer
  let getBufferMemoryRequirements: PFN_vkGetBufferMemoryRequirements
  let getBufferDeviceAddress: PFN_vkGetBufferDeviceAddress
  let allocateMemory: PFN_vkAllocateMemory
  let freeMemory: PFN_vkFreeMemory
  let bindBufferMemory: PFN_vkBindBufferMemory
  let mapMemory: PFN_vkMapMemory

  let createShaderModule: PFN_vkCreateShaderModule
  let destroyShaderModule: PFN_vkDestroyShaderModule
  let createPipelineLayout: PFN_vkCreatePipelineLayout
  let destroyPipelineLayout: PFN_vkDestroyPipelineLayout
  let createPipelineCache: PFN_vkCreatePipelineCache
  let destroyPipelineCache: PFN_vkDestroyPipelineCache
  let getPipelineCacheData: PFN_vkGetPipelineCacheData
  let createComputePipelines: PFN_vkCreateComputePipelines
  let destroyPipeline: PFN_vkDestroyPipeline

  let createSemaphore: PFN_vkCreateSemaphore
  let destroySemaphore: PFN_vkDestroySemaphore
  let waitSemaphores: PFN_vkWaitSemaphores
  let createQueryPool: PFN_vkCreateQueryPool
  let destroyQueryPool: PFN_vkDestroyQueryPool
  let getQueryPoolResults: PFN_vkGetQueryPoolResults

  let createCommandPool: PFN_vkCreateCommandPool
  let destroyCommandPool: PFN_vkDestroyCommandPool
  let allocateCommandBuffers: PFN_vkAllocateCommandBuffers
  let beginCommandBuffer: PFN_vkBeginCommandBuffer
  let endCommandBuffer: PFN_vkEndCommandBuffer
  let bindPipeline: PFN_vkCmdBindPipeline
  let pushConstants: PFN_vkCmdPushConstants
  let dispatch: PFN_vkCmdDispatch
  let copyBuffer: PFN_vkCmdCopyBuffer
  let pipelineBarrier: PFN_vkCmdPipelineBarrier
  let resetQueryPool: PFN_vkCmdResetQueryPool
  let writeTimestamp: PFN_vkCmdWriteTimestamp

  init(_ instance: InstanceFunctions, _ device: VkDevice) throws {
    func function<F>(_ name: String) throws -> F {
      guard let found = instance.getDeviceProcAddr(device, name) else {
        throw Loader.missing(name)
      }
      return unsafeBitCast(found, to: F.self)
    }
    destroyDevice = try function("vkDestroyDevice")
    getDeviceQueue = try function("vkGetDeviceQueue")
    queueSubmit = try function("vkQueueSubmit")
    deviceWaitIdle = try function("vkDeviceWaitIdle")
    createBuffer = try function("vkCreateBuffer")
    destroyBuffer = try function("vkDestroyBuffer")
    getBufferMemoryRequirements = try function("vkGetBufferMemoryRequirements")
    getBufferDeviceAddress = try function("vkGetBufferDeviceAddress")
    allocateMemory = try function("vkAllocateMemory")
    freeMemory = try function("vkFreeMemory")
    bindBufferMemory = try function("vkBindBufferMemory")
    mapMemory = try function("vkMapMemory")
    createShaderModule = try function("vkCreateShaderModule")
    destroyShaderModule = try function("vkDestroyShaderModule")
    createPipelineLayout = try function("vkCreatePipelineLayout")
    destroyPipelineLayout = try function("vkDestroyPipelineLayout")
    createPipelineCache = try function("vkCreatePipelineCache")
    destroyPipelineCache = try function("vkDestroyPipelineCache")
    getPipelineCacheData = try function("vkGetPipelineCacheData")
    createComputePipelines = try function("vkCreateComputePipelines")
    destroyPipeline = try function("vkDestroyPipeline")
    createSemaphore = try function("vkCreateSemaphore")
    destroySemaphore = try function("vkDestroySemaphore")
    waitSemaphores = try function("vkWaitSemaphores")
    createQueryPool = try function("vkCreateQueryPool")
    destroyQueryPool = try function("vkDestroyQueryPool")
    getQueryPoolResults = try function("vkGetQueryPoolResults")
    createCommandPool = try function("vkCreateCommandPool")
    destroyCommandPool = try function("vkDestroyCommandPool")
    allocateCommandBuffers = try function("vkAllocateCommandBuffers")
    beginCommandBuffer = try function("vkBeginCommandBuffer")
    endCommandBuffer = try function("vkEndCommandBuffer")
    bindPipeline = try function("vkCmdBindPipeline")
    pushConstants = try function("vkCmdPushConstants")
    dispatch = try function("vkCmdDispatch")
    copyBuffer = try function("vkCmdCopyBuffer")
    pipelineBarrier = try function("vkCmdPipelineBarrier")
    resetQueryPool = try function("vkCmdResetQueryPool")
    writeTimestamp = try function("vkCmdWriteTimestamp")
  }
}
