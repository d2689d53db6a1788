/// A block of device memory. Its last owner gives it back to the backend that made it.
public protocol Storage: AnyObject, Sendable {
  /// Size in bytes.
  var byteCount: Int { get }
}
