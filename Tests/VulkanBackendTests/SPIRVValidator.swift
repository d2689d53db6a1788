import Foundation

/// `spirv-val` of Khronos' SPIRV-Tools.
enum SPIRVValidator {
  static let isInstalled = (try? run(["--version"]))?.status == 0

  /// What is wrong with a shader, if anything.
  ///
  /// - Parameter environment: What it is made for, such as `vulkan1.2`.
  static func fault(of file: URL, for environment: String) throws -> String? {
    let (status, said) = try run(
      ["--target-env", environment, "--scalar-block-layout", file.path])
    return status == 0 ? nil : said
  }

  /// The capability that a fault says the validator has never heard of.
  static func unknownCapability(in fault: String) -> UInt32? {
    fault.firstMatch(of: /Invalid capability operand: (\d+)/).flatMap { UInt32($0.1) }
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, said: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["spirv-val"] + arguments
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }
}
