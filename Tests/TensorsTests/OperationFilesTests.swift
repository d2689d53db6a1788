import TestSupport
import Testing

/// An operation has one stem in every folder, so that whoever reads one file knows the others.
@Suite struct OperationFilesTests {
  private static let operations = (try? OperationFiles.stems(in: "Sources/Tensors/Ops")) ?? []
  private static let backends = ["CPUBackend", "VulkanBackend"]

  @Test(arguments: backends)
  func everyBackendHasAFileForEach(_ backend: String) throws {
    #expect(!Self.operations.isEmpty)
    #expect(try OperationFiles.stems(in: "Sources/\(backend)/Ops") == Self.operations)
  }

  @Test func everyOneHasTests() throws {
    let tests = try OperationFiles.stems(in: "Tests/TensorsTests/Ops")
    let missing = Self.operations.filter { !tests.contains($0 + "Tests") }
    #expect(missing.isEmpty)
  }

  @Test func kernelsHaveTheNamesOfTheirOperations() throws {
    let kernels = try OperationFiles.stems(in: "Sources/CPUKernels/Source")
    let calling = try Self.operations.filter {
      try OperationFiles.contain("kernels.", $0, in: "Sources/CPUBackend/Ops")
    }
    #expect(calling.subtracting(kernels).isEmpty)
  }

  @Test func shadersHaveTheNamesOfTheirOperations() throws {
    let shaders = try OperationFiles.stems(in: "Sources/CShaders/slang")
    let calling = try Self.operations.filter {
      try OperationFiles.contain("dispatch", $0, in: "Sources/VulkanBackend/Ops")
    }
    #expect(Set(calling.map(Self.snakeCase)).subtracting(shaders).isEmpty)
  }

  /// `DepthwiseConv2D` as `depthwise_conv2d`.
  private static func snakeCase(_ stem: String) -> String {
    stem.replacing("2D", with: "2d").reduce(into: "") { text, letter in
      text += (letter.isUppercase && !text.isEmpty ? "_" : "") + letter.lowercased()
    }
  }
}
