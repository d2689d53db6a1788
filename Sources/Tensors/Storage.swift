/// A block of device memory. Its last owner gives it back to the backend that made it.
///
/// A class and no protocol, so that a tensor can see whether it is the only owner. Unchecked for the
/// sake of subclasses, each of which says why several threads may hold it.
open class Storage: @unchecked Sendable {
  /// Size in bytes.
  public let byteCount: Int

  /// Describes a block.
  public init(byteCount: Int) { self.byteCount = byteCount }
}
