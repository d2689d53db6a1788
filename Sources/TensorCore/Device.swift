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
  public func synchronize() throws { try backend.synchronize() }

  /// The name the backend gives itself.
  public var description: String { backend.name }
}
