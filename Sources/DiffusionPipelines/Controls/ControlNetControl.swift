import Checkpoints
import DiffusionModels
import NeuralLayers
import Tensors

/// A ControlNet: it sees the latents and its control image in every step, and adds to the UNet's skips.
///
/// Several at once give the sum of their residuals, as diffusers' `MultiControlNetModel` does.
public struct ControlNetControl: LoadableControl {
  static let className = "ControlNetModel"
  static let role = "control"

  private let network: ControlNetModel

  init(
    _ folder: ModelFolder, _ model: StableDiffusionConfiguration, device: Device,
    precision: ProductPrecision
  ) throws {
    network = try ControlNetModel(folder: folder, device: device, precision: precision)
  }

  /// Side of the blocks of pixels that become one pixel of the hint.
  public var sizeMultiple: Int { network.configuration.downscaleFactor }

  /// As the network was trained.
  public var imageChannels: Int { network.configuration.conditioningChannels }

  /// Whether its file has what stands for no control image.
  public var hasUnconditionalHint: Bool { network.dropOutEmbedding != nil }

  /// As its configuration says.
  public var paintsBGR: Bool { network.configuration.imageChannelOrder == .bgr }

  /// The network's part in each step, with the control images and the prompts read.
  public func control(of batch: ControlledBatch, _ settings: ControlSettings) -> any StepControl {
    // Networks that pool were trained to be seen by the prompt's half alone.
    let guesses = settings.guessMode == true || network.configuration.globalPoolConditions
    let seen = guesses ? batch.prompted : 0..<batch.samples
    return Residuals(
      network: network, steps: settings.steps, seen: seen, samples: batch.samples,
      hint: hint(of: batch).samples(seen),
      context: network.project(encoderHiddenStates: batch.prompts.samples(seen)),
      added: batch.added?.samples(seen),
      scales: ControlNetScales(scale: settings.scale, growing: settings.guessMode == true))
  }

  /// What is made of the control images for every sample that the UNet sees; for the branches before the last one
  /// of the hint that stands for no control image, if there is one.
  private func hint(of batch: ControlledBatch) -> Tensor {
    let hint = network.embed(batch.images)
    let (images, branches) = (batch.images.shape, batch.samples / batch.images.shape[0])
    guard let learnt = network.dropOutEmbedding, branches > 1 else {
      return hint.repeated(samples: batch.samples)
    }
    // On the images' device, which has no memory while a run is rehearsed.
    let map = Tensor(
      learnt.floats(), [1, learnt.shape[0], learnt.shape[1], learnt.shape[2]],
      on: batch.images.device)
    let size = MapSize(height: images[1], width: images[2])
    let resized =
      size == MapSize(height: map.shape[1], width: map.shape[2])
      ? map : map.resize(to: size, .bilinear)
    let absent = network.embed(resized).repeated(samples: (branches - 1) * images[0])
    return .stack(samples: [absent, hint])
  }

  /// What the network adds in a step.
  private struct Residuals: StepControl {
    let network: ControlNetModel
    let steps: StepRange
    /// The samples that it sees, of all that the UNet sees.
    let seen: Range<Int>
    let samples: Int
    /// The others are for the samples that it sees.
    let hint: Tensor
    let context: PromptContext
    let added: AddedConditions?
    let scales: ControlNetScales

    func unguided(images: Int) -> any StepControl {
      let prompted = seen.count - images..<seen.count
      return Residuals(
        network: network, steps: steps, seen: 0..<images, samples: images,
        hint: hint.samples(prompted), context: context.suffix(images),
        added: added?.samples(prompted), scales: scales)
    }

    func prepare(_ conditions: inout UNetConditions, _ step: ControlledStep) {
      if step.reusesDeepFeatures { return }
      let residuals = network(
        step.sample.samples(seen), timeFeatures: step.timeFeatures.samples(seen), hint: hint,
        context: context, added: added, scales: scales)
      conditions.residuals.add(
        seen.count == samples ? residuals : residuals.behindZeros(samples: samples))
    }
  }
}

extension UNetResiduals {
  /// The residuals of the last samples, with zeros for those before them.
  ///
  /// - Parameter samples: How many there will be: a multiple of those that there are.
  fileprivate func behindZeros(samples: Int) -> UNetResiduals {
    func padded(_ map: Tensor) -> Tensor {
      let zeros = 0 * map
      return .stack(
        samples: [Tensor](repeating: zeros, count: samples / map.shape[0] - 1) + [map])
    }
    return UNetResiduals(skips: skips.map(padded), middle: middle.map(padded))
  }
}
