import DiffusionModels
import ImageFiles
import NoiseSchedulers
import Tensors

extension StableDiffusionPipeline {
  /// Whether the model repaints the insides of boxes: GLIGEN's for inpainting.
  var repaintsBoxes: Bool { unet.takesObjects && unet.configuration.readsMaskedImages }

  /// Whether a part of a request's image is repainted.
  func isMasked(_ request: ImageRequest) -> Bool {
    request.mask != nil || repaintsBoxes && !request.objects.isEmpty
  }

  /// Begins a batch in whose boxes is painted. Noise is drawn in diffusers' order: that of the run, that of the images'
  /// latents, and then that of the known latents before each step.
  func objectStart(
    _ plan: SamplingPlan, _ requests: [ImageRequest], _ settings: SamplingSettings,
    _ sources: inout [NoiseSource]
  ) -> BatchStart {
    let noise = plan.initialNoiseSigma * noise(for: requests, &sources)
    let known = latents(of: requests, settings, &sources)
    let region = KnownRegion(known, repainted: .stack(samples: requests.map(repaintedLatents)))
    let fresh = NoiseSource.draw(from: &sources, like: noise)
    return BatchStart(
      latents: region.restored(in: noise, at: plan.steps[0].level, fresh), keepers: [region])
  }

  /// 1 where a request's latents are repainted: inside its mask or, without one, inside its boxes, `[1, h, w, 1]`.
  private func repaintedLatents(_ request: ImageRequest) -> Tensor {
    let (width, height) = (request.width, request.height)
    let factor = autoencoder.configuration.downscaleFactor
    if let mask = request.mask {
      return InpaintingMask(mask, width: width, height: height)
        .latents(downscaleFactor: factor, on: device)
    }
    let (columns, rows) = (width / factor, height / factor)
    var cells = [Float](repeating: 0, count: rows * columns)
    for box in request.objects.map(\.box) {
      for row in Int(box.y0 * Float(rows))..<Int(box.y1 * Float(rows)) {
        for column in Int(box.x0 * Float(columns))..<Int(box.x1 * Float(columns)) {
          cells[row * columns + column] = 1
        }
      }
    }
    return Tensor(cells, [1, rows, columns, 1], on: device)
  }
}
