import Checkpoints
import DiffusionModels
import NeuralLayers
import NoiseSchedulers
import Tensors

/// A T2I-Adapter: it sees its control image once, and what it found is added in every step.
///
/// Several at once give the weighted sum of their features, as diffusers' `MultiAdapter` does.
public struct T2IAdapterControl: LoadableControl {
  static let className = "T2IAdapter"
  static let role = "adapter"

  private let network: T2IAdapter
  /// Levels of the UNet.
  private let levels: Int
  /// Whether PNDM's one step more than was asked for is beyond every range: so it is in diffusers' pipeline of
  /// SDXL, and not in that of 1.x.
  private let leavesOutRepeatedSteps: Bool

  init(
    _ folder: ModelFolder, _ model: StableDiffusionConfiguration, device: Device,
    precision: ProductPrecision
  ) throws {
    network = try T2IAdapter(folder: folder, device: device, precision: precision)
    levels = model.unet.blockOutChannels.count
    leavesOutRepeatedSteps = model.unet.additionEmbedType == .textTime
  }

  static func requireFit(_ folder: ModelFolder, _ model: StableDiffusionConfiguration) throws {
    let adapter = try T2IAdapterConfiguration(folder)
    try model.require(
      adapter.inChannels == 1 || adapter.inChannels == 3,
      "the T2I-Adapter reads \(adapter.inChannels) channels; expected 1, grey, or 3, RGB")
    let scale = model.autoencoder.downscaleFactor
    try model.require(
      model.unet.takes(adapter, latentScale: scale),
      "the T2I-Adapter gives \(adapter.features), but the UNet takes "
        + "\(model.unet.adapterSites(latentScale: scale)); use an adapter that was trained for this model"
    )
  }

  /// Side of the blocks of pixels that the adapter moves into channels.
  public var sizeMultiple: Int { network.configuration.downscaleFactor }

  /// As the adapter was trained.
  public var imageChannels: Int { network.configuration.inChannels }

  /// The features of the control images, scaled.
  public func control(of batch: ControlledBatch, _ settings: ControlSettings) -> any StepControl {
    let features = network(batch.images).map { settings.scale * $0 }
    return Features(
      residuals: UNetResiduals(features, ofLevels: levels), steps: settings.steps,
      leavesOutRepeatedSteps: leavesOutRepeatedSteps)
  }

  /// What the network found.
  private struct Features: StepControl {
    let residuals: UNetResiduals
    let steps: StepRange
    let leavesOutRepeatedSteps: Bool

    func takesPart(in step: Int, of plan: SamplingPlan) -> Bool {
      steps.countsIn(step, of: leavesOutRepeatedSteps ? plan.askedSteps : plan.steps.count)
    }

    func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
      conditions.residuals.add(residuals)
    }
  }
}
