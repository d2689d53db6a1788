import Foundation
import TestSupport
import Testing

/// What the libraries propose, in the words of the command line.
@Suite struct RemedyTests {
  private let folder: TemporaryFolder
  private static let models = Fixture.url("pipelines/sd15").path

  init() throws { folder = try TemporaryFolder() }

  /// A renamed option would be named by its old name otherwise.
  @Test func everyOptionIsThere() throws {
    let source = try String(
      contentsOf: Documents.root.appending(
        path: "Sources/SpolveroCommand/Options/Remedy+Option.swift"), encoding: .utf8)
    let options = source.matches(of: /"(--[a-z-]+)"/).map { String($0.1) }
    let help = try ["augment", "generate", "evaluate", "schedule"]
      .map { try CommandLineTool.run($0, "--help").output }
      .joined()
    #expect(options.count >= 20)
    for option in options { #expect(help.contains(option), "\(option)") }
  }

  /// The end of what is said of a wrong command line or a wrong file.
  @Test func messagesNameTheOptions() throws {
    let dataset = folder.appending("data").path
    try folder.writeDataset("data")
    let plan = ["augment", "--dry-run", "--dataset", dataset]
    let expectations: [([String], String)] = [
      (
        plan + ["--images", "1", "--copies", "1"],
        "give one of them. Options: --target-per-class, --images, --copies."
      ),
      (plan + ["--resolution", "0"], "found 0. Option: --resolution."),
      (plan + ["--min-fit", "0.5"], "belong together. Options: --min-fit, --retries."),
      (plan + ["--image-weight", "nan"], "Options: --image-weight, --label-weight."),
      (plan + ["--captions", "/nowhere.csv"], "Check the path. Option: --captions."),
      (
        ["generate", "-m", "/nowhere", "-p", "", "-o", "a.png", "--device", "vulkan:Abacus"],
        "compute on the CPU. Option: --device cpu."
      ),
    ]
    for (arguments, end) in expectations {
      let result = try CommandLineTool.run(arguments) { _ in }
      #expect(result.errors.hasSuffix(end + "\n"), "\(arguments): \(result.errors)")
    }
  }

  @Test func lessMemoryNamesWhatTakesLess() throws {
    let limited = #"ulimit -v 3000000; exec "$0" "$@""#
    let result = try shell(
      limited,
      [
        "generate", "-m", Self.models + "/model", "-p", "a dog", "-W", "16384", "-H", "16384",
        "--device", "cpu", "-o", folder.appending("a.png").path,
      ])
    #expect(result.status == 69)
    #expect(result.errors.contains("what helps is decoding in tiles"), "\(result.errors)")
    #expect(result.errors.hasSuffix("Option: --vae-tiling.\n"), "\(result.errors)")
  }
}
