import CVulkan
package import Foundation

/// The driver's compiled pipelines, kept from one run to the next.
///
/// The file is a convenience: one that is damaged or cannot be written is as good as none.
package struct PipelineCacheFile: Sendable {
  private let url: URL

  /// The file of a device and its driver in the user's cache folder.
  init?(_ device: PhysicalDevice) {
    let environment = ProcessInfo.processInfo.environment
    guard
      let folder = environment["XDG_CACHE_HOME"] ?? environment["HOME"].map({ $0 + "/.cache" }),
      folder.hasPrefix("/")
    else { return nil }
    let uuid = device.driverUUID.map { String(format: "%02x", $0) }.joined()
    let numbers = [
      device.properties.vendorID, device.properties.deviceID, device.properties.driverVersion,
    ].map { String($0, radix: 16) }.joined(separator: "-")
    self.init(URL(filePath: folder).appending(path: "spolvero/vulkan/\(uuid)-\(numbers).pipelines"))
  }

  /// A file at a place of its own.
  package init(_ url: URL) { self.url = url }

  /// What was written last; nil when there is no file or it is damaged.
  package func read() -> [UInt8]? {
    guard let data = try? Data(contentsOf: url), data.count > 8 else { return nil }
    let content = Array(data.dropFirst(8))
    return Array(data.prefix(8)) == Self.checksum(content) ? content : nil
  }

  /// Replaces the file.
  package func write(_ content: [UInt8]) {
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(Self.checksum(content) + content).write(to: url, options: .atomic)
  }

  /// The 64-bit FNV-1a hash, which finds what a full disk or a crash left behind.
  private static func checksum(_ content: [UInt8]) -> [UInt8] {
    let hash = content.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return (0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }
  }
}
