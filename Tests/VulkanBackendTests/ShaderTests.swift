import CShaders
import Foundation
import Testing
import VulkanBackend

@Suite struct ShaderTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/CShaders").standardizedFileURL

  /// Run `tools/compile_shaders.py` when this fails.
  @Test func everySourceIsTheOneThatWasCompiled() throws {
    let folder = Self.folder.appending(path: "slang")
    var found: [String: UInt64] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      found[name] = fnv1a(try Data(contentsOf: folder.appending(path: name)))
    }
    #expect(found == ShaderSource.all)
  }

  @Test func everyShaderIsSPIRVOfTheVersionOfVulkan12() {
    #expect(!Shader.all.isEmpty)
    for (name, shader) in Shader.all {
      let words = UnsafeRawPointer(shader.spirv).assumingMemoryBound(to: UInt32.self)
      #expect(shader.byte_count % 4 == 0 && words[0] == 0x0723_0203, "\(name)")
      #expect(words[1] <= 0x0001_0500, "\(name) is of version \(words[1])")
    }
  }

  /// What every device has, and what devices have with matrix units; see `DeviceFeatures`.
  private static let capabilities: Set<UInt32> = [
    1,  // Shader
    5347,  // PhysicalStorageBufferAddresses
  ]
  private static let unitCapabilities = capabilities.union([
    9,  // Float16
    61, 65,  // GroupNonUniform, GroupNonUniformShuffle
    5345, 5346,  // VulkanMemoryModel and its device scope
    6022,  // CooperativeMatrixKHR
    5116, 5118,  // BFloat16TypeKHR, BFloat16CooperativeMatrixKHR
  ])

  /// Halves are reached by words, but where parts of rows are copied.
  @Test func needsNothingThatADeviceMayLack() {
    for (name, shader) in Shader.all where name != "copy16" {
      let allowed =
        name.contains("_khr") ? Self.unitCapabilities : Self.capabilities
      let needed = capabilities(of: shader)
      #expect(needed.isSubset(of: allowed), "\(name) needs \(needed.subtracting(allowed))")
    }
  }

  /// Matrix units are younger than some validators; their shaders are validated when they are compiled,
  /// and here where the validator knows what they need.
  @Test(.enabled(if: SPIRVValidator.isInstalled, "spirv-val is not installed"))
  func theValidatorAcceptsEveryShader() throws {
    for name in Shader.all.keys {
      // Workgroups whose size the device chooses come with Vulkan 1.3, as matrix units do.
      let usesUnits = name.contains("_khr")
      let fault = try SPIRVValidator.fault(
        of: Self.folder.appending(path: "spirv/\(name).spv"),
        for: usesUnits ? "vulkan1.3" : "vulkan1.2")
      let unknown = fault.flatMap(SPIRVValidator.unknownCapability)
      if let unknown, usesUnits, Self.unitCapabilities.contains(unknown) { continue }
      #expect(fault == nil, "\(name)")
    }
  }

  /// Without a validator: instructions fill the file, and every result has a number of its own.
  @Test func instructionsAddUp() {
    for (name, shader) in Shader.all {
      let words = UnsafeRawBufferPointer(start: shader.spirv, count: shader.byte_count)
        .bindMemory(to: UInt32.self)
      var functions = 0
      var position = 5
      while position < words.count, words[position] >> 16 > 0 {
        // OpFunction opens what OpFunctionEnd closes.
        functions += words[position] & 0xffff == 54 ? 1 : words[position] & 0xffff == 56 ? -1 : 0
        position += Int(words[position] >> 16)
      }
      #expect(position == words.count && functions == 0, "\(name)")
    }
  }

  private func capabilities(of shader: Shader) -> Set<UInt32> {
    let words = UnsafeRawBufferPointer(start: shader.spirv, count: shader.byte_count)
      .bindMemory(to: UInt32.self)
    var found: Set<UInt32> = []
    var position = 5
    while position < words.count {
      if words[position] & 0xffff == 17 { found.insert(words[position + 1]) }
      position += Int(words[position] >> 16)
    }
    return found
  }

  @Test func argumentsFitThePushConstantsOfEveryDevice() {
    for (name, shader) in Shader.all {
      #expect((1...128).contains(shader.push_constant_size), "\(name)")
    }
  }

  @Test func everyCommittedShaderIsEmbedded() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: "spirv").path)
    #expect(Set(files) == Set(Shader.all.keys.map { $0 + ".spv" }))
  }

  private func fnv1a(_ data: Data) -> UInt64 {
    data.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
