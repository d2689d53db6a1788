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

    /// On processors that this machine is not, too.
    @Test func theInnermostFunctionsCallNothing() throws {
      let outcome = try run("check_calls.sh", ["addProducts", "addFewProducts", "soften"])
      #expect(outcome.output == "")
      #expect(outcome.status == 0)
    }

    /// The check finds what it looks for: functions that call those, and a name that is none.
    @Test func findsCallsWhereTheyAre() throws {
      let outcome = try run("check_calls.sh", ["attend", "noSuchFunction"])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("CPUKernelsAVX512VNNI.Kernels.attend"))
      #expect(outcome.output.contains("no function is called noSuchFunction"))
    }

    private func check(_ modules: String...) throws -> CommandLineTool.Outcome {
      try run("check_instructions.sh", modules)
    }

    private func run(_ script: String, _ arguments: [String]) throws -> CommandLineTool.Outcome {
      let script = Documents.root.appending(path: "tools/\(script)")
      return try CommandLineTool.run(
        [CommandLineTool.executable.path] + arguments, of: script
      ) { _ in }
    }
  }
#endif
