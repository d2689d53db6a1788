package import CShaders

extension Shader {
  /// Every compiled entry point by its name.
  package nonisolated(unsafe) static let all: [String: Shader] = Dictionary(
    uniqueKeysWithValues: UnsafeBufferPointer(start: shaders, count: shader_count)
      .map { (String(cString: $0.name), $0) })
}

extension ShaderSource {
  /// Every source as it was when the shaders were compiled, by its name.
  package static let all: [String: UInt64] = Dictionary(
    uniqueKeysWithValues: UnsafeBufferPointer(start: shader_sources, count: shader_source_count)
      .map { (String(cString: $0.name), $0.hash) })
}
