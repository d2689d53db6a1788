import Faults

extension Scheduler {
  /// Whole timesteps in falling order, as DDIM and Euler's methods space them.
  ///
  /// `linspace` is left unrounded.
  func spacedTimesteps(_ steps: Int, spacing: SchedulerConfiguration.TimestepSpacing) -> [Double] {
    switch spacing {
    case .linspace: evenTimesteps(count: steps, last: trainTimesteps - 1)
    case .leading: leadingTimesteps(count: steps, stride: trainTimesteps / steps)
    case .trailing: trailingTimesteps(count: steps, from: trainTimesteps)
    }
  }

  /// Evenly from `last` down to zero; a single timestep is zero.
  func evenTimesteps(count: Int, last: Int) -> [Double] {
    let step = Double(last) / Double(max(count - 1, 1))
    return (0..<count).reversed().map {
      $0 == count - 1 && $0 > 0 ? Double(last) : Double($0) * step
    }
  }

  /// Multiples of a stride, shifted by the configuration's offset.
  func leadingTimesteps(count: Int, stride: Int) -> [Double] {
    let offset = configuration.stepsOffset ?? 0
    return (0..<count).reversed().map { Double($0 * stride + offset) }
  }

  /// Rounded even steps backwards from `end` − 1, as many as there is room for.
  ///
  /// diffusers lets `numpy.arange` find the count, which for some counts (61, 103, 121 …) adds a
  /// timestep −1 to those asked for. It is left out here.
  func trailingTimesteps(count: Int, from end: Int) -> [Double] {
    let start = Double(end)
    let stride = Double(trainTimesteps) / Double(count)
    // numpy's own difference of its first two values, which decides how halves are rounded.
    let step = (start - stride) - start
    return (0..<min(count, Int((start / stride).rounded(.up)))).map {
      (start + Double($0) * step).rounded(.toNearestOrEven) - 1
    }
  }

  /// Checks that the model was trained on all timesteps.
  func requireTrained(_ timesteps: [Double]) throws {
    let range = 0...Double(trainTimesteps - 1)
    guard let stray = timesteps.first(where: { !range.contains($0) }) else { return }
    throw SchedulerError(
      .request,
      "\(timesteps.count) steps would visit timestep \(stray), but the model was trained on 0 to"
        + " \(trainTimesteps - 1). Ask for fewer steps, or set 'steps_offset' to 0 in the scheduler"
        + " configuration.")
  }
}
