import CPUBackend

/// The kinds of device that a command line can name.
enum DeviceKind: String, Sendable, CaseIterable {
  case cpu, vulkan

  /// Whether this build has a backend for it.
  var isAvailable: Bool { self == .cpu }

  /// The kinds that this build has.
  static let available = allCases.filter(\.isAvailable)

  /// A backend of its own, whose memory nothing else has used.
  func open(threads: Int, level: CPULevel) -> any MeasuredBackend {
    switch self {
    case .cpu: CPUBackend(threads: threads, level: level)
    case .vulkan: preconditionFailure("there is no Vulkan backend; see isAvailable")
    }
  }
}
