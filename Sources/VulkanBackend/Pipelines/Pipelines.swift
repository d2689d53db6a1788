import CShaders
import CVulkan
import Synchronization

/// Compiled shaders, each made when it is first needed.
///
/// All take their arguments as push constants of at most 128 bytes, which every device has, and reach
/// memory by address: one layout serves them all, and there are no descriptors.
///
/// Unchecked because handles are pointers: everything that changes is reached under `lock`.
final class Pipelines: @unchecked Sendable {
  static let pushConstantLimit = 128

  private struct Key: Hashable {
    let name: String
    let constants: Constants
  }

  let layout: VkPipelineLayout
  private let device: LogicalDevice
  private let cache: VkPipelineCache
  private let file: PipelineCacheFile?
  private let lock = Mutex<Void>(())
  private var pipelines: [Key: VkPipeline] = [:]
  private var hasNews = false

  init(_ device: LogicalDevice) throws {
    self.device = device
    let file = PipelineCacheFile(device.physical)
    self.file = file
    layout = try Self.makeLayout(device)
    cache = try Self.makeCache(device, file?.read() ?? [])
  }

  deinit {
    save()
    let functions = device.functions
    for pipeline in pipelines.values { functions.destroyPipeline(device.handle, pipeline, nil) }
    functions.destroyPipelineCache(device.handle, cache, nil)
    functions.destroyPipelineLayout(device.handle, layout, nil)
  }

  /// The pipeline of an entry point, made for some constants; nil when the device has failed.
  func pipeline(_ name: String, _ constants: Constants) -> VkPipeline? {
    let key = Key(name: name, constants: constants)
    return lock.withLock { _ in
      if let pipeline = pipelines[key] { return pipeline }
      guard let made = device.failure.attempt({ try make(name, constants) }) else { return nil }
      pipelines[key] = made
      hasNews = true
      return made
    }
  }

  /// Writes the driver's cache to its file, if there are new pipelines in it.
  func save() {
    lock.withLock { _ in
      guard hasNews, let file else { return }
      hasNews = false
      var size = 0
      guard device.functions.getPipelineCacheData(device.handle, cache, &size, nil) == VK_SUCCESS
      else { return }
      var data = [UInt8](repeating: 0, count: size)
      guard device.functions.getPipelineCacheData(device.handle, cache, &size, &data) == VK_SUCCESS
      else { return }
      file.write(Array(data.prefix(size)))
    }
  }

  private func make(_ name: String, _ constants: Constants) throws -> VkPipeline {
    guard let shader = Shader.all[name] else { preconditionFailure("there is no shader \(name)") }
    let functions = device.functions
    var moduleInfo = VkShaderModuleCreateInfo()
    moduleInfo.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO
    moduleInfo.codeSize = shader.byte_count
    moduleInfo.pCode = UnsafeRawPointer(shader.spirv).assumingMemoryBound(to: UInt32.self)
    let module: VkShaderModule = try device.make("vkCreateShaderModule", for: name) {
      functions.createShaderModule(device.handle, &moduleInfo, nil, $0)
    }
    defer { functions.destroyShaderModule(device.handle, module, nil) }
    return try CValues.with { values in
      var info = VkComputePipelineCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO
      info.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO
      info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT
      info.stage.module = module
      info.stage.pName = values.text("main")
      info.stage.pSpecializationInfo = UnsafePointer(
        values.pointer(Self.specialization(constants, values)))
      info.layout = layout
      if constants.subgroupSize > 0 {
        var size = VkPipelineShaderStageRequiredSubgroupSizeCreateInfo()
        size.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_REQUIRED_SUBGROUP_SIZE_CREATE_INFO
        size.requiredSubgroupSize = UInt32(constants.subgroupSize)
        info.stage.pNext = UnsafeRawPointer(values.pointer(size))
        info.stage.flags = VK_PIPELINE_SHADER_STAGE_CREATE_REQUIRE_FULL_SUBGROUPS_BIT.rawValue
      }
      return try device.make("vkCreateComputePipelines", for: name) {
        functions.createComputePipelines(device.handle, cache, 1, &info, nil, $0)
      }
    }
  }

  /// All constants; a shader takes those that it has.
  private static func specialization(
    _ constants: Constants, _ values: CValues
  ) -> VkSpecializationInfo {
    let numbers = constants.values
    let size = MemoryLayout<UInt32>.size
    let entries = numbers.indices.map {
      VkSpecializationMapEntry(constantID: UInt32($0), offset: UInt32($0 * size), size: size)
    }
    return VkSpecializationInfo(
      mapEntryCount: UInt32(entries.count), pMapEntries: UnsafePointer(values.array(entries)),
      dataSize: numbers.count * size, pData: UnsafeRawPointer(values.array(numbers)))
  }

  private static func makeLayout(_ device: LogicalDevice) throws -> VkPipelineLayout {
    try CValues.with { values in
      var range = VkPushConstantRange()
      range.stageFlags = VK_SHADER_STAGE_COMPUTE_BIT.rawValue
      range.size = UInt32(pushConstantLimit)
      var info = VkPipelineLayoutCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO
      info.pushConstantRangeCount = 1
      info.pPushConstantRanges = UnsafePointer(values.pointer(range))
      return try device.make("vkCreatePipelineLayout") {
        device.functions.createPipelineLayout(device.handle, &info, nil, $0)
      }
    }
  }

  private static func makeCache(_ device: LogicalDevice, _ data: [UInt8]) throws -> VkPipelineCache
  {
    try CValues.with { values in
      var info = VkPipelineCacheCreateInfo()
      info.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO
      info.initialDataSize = data.count
      info.pInitialData = UnsafeRawPointer(values.array(data))
      return try device.make("vkCreatePipelineCache") {
        device.functions.createPipelineCache(device.handle, &info, nil, $0)
      }
    }
  }
}
