/// Hands out parts of the device's memory, and takes back those that nobody uses any more.
package protocol MemorySource: AnyObject, Sendable {
  /// A part of at least `byteCount` bytes, whose contents are undefined.
  ///
  /// - Parameter work: What it is for, for the error when there is no more.
  func take(_ byteCount: Int, for work: () -> String) throws -> VulkanStorage

  /// Takes a part back.
  func give(back storage: VulkanStorage)
}
