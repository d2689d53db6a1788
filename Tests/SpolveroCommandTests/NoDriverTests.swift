import Foundation
import TestSupport
import Testing

/// A machine that has Vulkan's library and no driver, as a container without its card's libraries.
@Suite struct NoDriverTests {
  private let hidden =
    #"VK_DRIVER_FILES=/nowhere.json VK_ICD_FILENAMES=/nowhere.json exec "$0" "$@""#

  @Test func theProcessorIsListed() throws {
    let result = try shell(hidden, ["devices"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("cpu"))
    #expect(result.errors.contains("Vulkan offers no device"))
  }

  @Test func aCardThatIsAskedForIsMissed() throws {
    let folder = try TemporaryFolder()
    let result = try shell(
      hidden,
      [
        "generate", "-m", Fixture.url("pipelines/sd15/model").path, "-p", "a dog", "--device",
        "vulkan", "-o", folder.appending("a.png").path,
      ])
    #expect(result.status == 69 && result.errors.contains("--device cpu"), "\(result.errors)")
    #expect(!result.errors.contains("code -9"), "\(result.errors)")
  }
}
