import Foundation
import Testing

#if arch(x86_64)
  /// The program runs on processors without AVX, whatever kernels it carries for others.
  @Suite struct InstructionLevelTests {
    @Test func onlyKernelModulesHoldAVX() throws {
      let outcome = try check()
      #expect(outcome.output == "")
      #expect(outcome.status == 0)
    }

    /// The check finds what it looks for: the kernels themselves, when nothing may hold AVX.
    @Test func findsAVXWhereItIs() throws {
      let outcome = try check("no module at all")
      #expect(outcome.status == 1)
      for level in [
        "CPUKernelsAVX2", "CPUKernelsAVX512", "CPUKernelsAVX512VNNI", "CPUKernelsAVX512BF16",
      ] {
        #expect(outcome.output.contains("\(level).addProducts"))
      }
      #expect(!outcome.output.contains("CPUKernelsPortable"))
    }

    private func check(_ modules: String...) throws -> CommandLineTool.Outcome {
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../tools/check_instructions.sh")
      return try CommandLineTool.run(
        [CommandLineTool.executable.path] + modules, of: script
      ) { _ in }
    }
  }
#endif
