import Foundation
import Testing

/// The package as a dependency: by version, SwiftPM allows none of the flags of the faster kernels.
@Suite struct DependentPackageTests {
  @Test func aPackageThatDependsOnAVersionPaintsWithPortableKernels() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../tools/check_dependent.sh")
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("spolvero-dependent-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try CommandLineTool.run([folder.path], of: script) { _ in }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("64×64 pixels on CPU"))
    #expect(outcome.output.contains("portable"))
    #expect(!outcome.output.contains("AVX"))
  }
}
