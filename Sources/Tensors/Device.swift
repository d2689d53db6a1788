/// Where tensors live and operations run.
///
/// A backend module offers its devices as static members, such as `Device.cpu()`. Models, layers and
/// pipelines receive a device and never choose one.
public struct Device: Sendable, Equatable, CustomStringConvertible {
  /// What computes on this device.
  public let backend: any Backend

  /// Wraps a backend.
  public init(_ backend: any Backend) { self.backend = backend }

  /// Two devices are equal when the same backend serves both.
  public static func == (left: Device, right: Device) -> Bool { left.backend === right.backend }

  /// Waits until all work is done, on a device that works while the program goes on.
  ///
  /// - Throws: What kept the device from doing it, such as memory that it does not have.
  public func synchronize() throws {
    backend.synchronize()
    try check()
  }

  /// Makes sure that the device has done what was asked of it so far, without waiting for it.
  ///
  /// Operations do not throw: the results of a device that failed are worthless. So whoever reads one,
  /// or is about to ask for much more, checks.
  ///
  /// - Throws: What keeps the device from going on.
  public func check() throws { if let failure = backend.failure { throw failure } }

  /// The name the backend gives itself.
  public var description: String { backend.name }
}
