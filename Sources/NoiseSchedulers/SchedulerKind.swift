import Faults

/// The sampling methods, by the names that users choose them by.
public enum SchedulerKind: String, Sendable, CaseIterable {
  /// Denoising diffusion implicit models.
  case ddim
  /// Euler's method on the probability flow.
  case euler
  /// Euler's method with fresh noise after every step.
  case eulerA = "euler-a"
  /// DPM-Solver++, two predictions a step.
  case dpmpp2M = "dpmpp-2m"
  /// The same on Karras' noise levels, whatever the model's configuration says.
  case dpmpp2MKarras = "dpmpp-2m-karras"
  /// Pseudo linear multi-step method; one step more than asked for.
  case pndm

  /// The class of the same method in diffusers.
  public var className: String {
    switch self {
    case .ddim: "DDIMScheduler"
    case .euler: "EulerDiscreteScheduler"
    case .eulerA: "EulerAncestralDiscreteScheduler"
    case .dpmpp2M, .dpmpp2MKarras: "DPMSolverMultistepScheduler"
    case .pndm: "PNDMScheduler"
    }
  }

  /// The method that a model's own configuration names.
  ///
  /// - Throws: ``SchedulerError`` when it is none of the supported ones.
  public init(of configuration: SchedulerConfiguration) throws {
    try configuration.requireVariances()
    guard let kind = Self.allCases.first(where: { $0.className == configuration.className }) else {
      let supported = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw SchedulerError(
        .badData,
        "The model's scheduler is \(configuration.className ?? "not named"), which is not supported."
          + " Choose one of \(supported); the rest of the model's scheduler configuration still holds.",
        remedies: [Remedy(.scheduler, [Self.ddim.rawValue])])
    }
    self = kind
  }
}
