public import DiffusionModels
public import Tensors

/// Looks inside a pipeline's UNet during some of the steps.
public struct StepProbe {
  let sights: [UNetProbe.Sight]
  let steps: StepRange
  let see: (_ step: Int, _ seen: [Tensor]) throws -> Void

  /// Asks for sights.
  ///
  /// - Parameters:
  ///   - sights: What is looked at; each must be there, see ``DiffusionModels/UNetProbe``.
  ///   - steps: When; the other steps are the same as without a probe.
  ///   - see: Gets a step's number, from 0, and what was seen in the order of the sights: for each image once for
  ///     each branch of guidance, the negative prompt first, and in steps without guidance just once. What it throws ends
  ///     the run.
  public init(
    _ sights: [UNetProbe.Sight], steps: StepRange = StepRange(),
    see: @escaping (_ step: Int, _ seen: [Tensor]) throws -> Void
  ) {
    self.sights = sights
    self.steps = steps
    self.see = see
  }
}
