import Foundation
import TestSupport
import Testing
import VulkanBackend

@Suite struct PipelineCacheFileTests {
  @Test func readsWhatWasWritten() throws {
    let folder = try TemporaryFolder()
    let file = PipelineCacheFile(folder.appending("vulkan/device.pipelines"))
    #expect(file.read() == nil)
    file.write([1, 2, 3])
    #expect(file.read() == [1, 2, 3])
    file.write([4, 5])
    #expect(file.read() == [4, 5])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["vulkan"])
  }

  @Test func ignoresADamagedFile() throws {
    let folder = try TemporaryFolder()
    let url = folder.appending("device.pipelines")
    let file = PipelineCacheFile(url)
    file.write(Array(0..<100))
    let whole = try Data(contentsOf: url)
    try whole.dropLast().write(to: url)
    #expect(file.read() == nil)
    var changed = whole
    changed[50] ^= 1
    try changed.write(to: url)
    #expect(file.read() == nil)
    try Data().write(to: url)
    #expect(file.read() == nil)
    try whole.write(to: url)
    #expect(file.read() == Array(0..<100))
  }
}
