import Foundation

/// `spirv-val` of Khronos' SPIRV-Tools.
enum SPIRVValidator {
  /// The year of its version, which counts its features; nothing where it is not installed.
  static let version: Int? = (try? run(["--version"])).flatMap { _, said in
    said.firstMatch(of: /SPIRV-Tools v(\d{4})/).flatMap { Int($0.1) }
  }

  /// What is wrong with a shader, if anything.
  static func fault(of file: URL) throws -> String? {
    let (status, said) = try run(
      ["--target-env", "vulkan1.2", "--scalar-block-layout", file.path])
    return status == 0 ? nil : said
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
