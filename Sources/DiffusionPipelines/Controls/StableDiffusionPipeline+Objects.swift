import DiffusionModels
import Faults
import Tensors

extension StableDiffusionPipeline {
  /// What the objects of a batch come to, once for the whole run; nil where there are none.
  func objectControl(
    _ requests: [ImageRequest], _ settings: SamplingSettings, _ guidance: Guidance
  ) -> (any StepControl)? {
    if requests.allSatisfy(\.objects.isEmpty) { return nil }
    let objects = requests.map { request in
      request.objects.map {
        GroundedObject(phrase: promptEncoder.phrase($0.phrase), box: $0.box)
      }
    }
    let tokens = unet.tokens(of: guidance.perSample(objects) { [] }, on: device)
    return objectControl(tokens, settings)
  }

  /// The same of tokens, for each branch of guidance those of all images.
  func objectControl(_ tokens: Tensor, _ settings: SamplingSettings) -> any StepControl {
    ObjectControl(
      objects: unet.project(objects: tokens),
      steps: settings.boxSteps ?? SamplingSettings.defaultBoxSteps)
  }

  /// Makes sure that there is room for every object, and a network that puts them there.
  func checkObjects(_ request: ImageRequest) throws {
    if request.objects.isEmpty { return }
    if !unet.takesObjects {
      throw PipelineError(
        .request,
        "there are boxes, but the model's UNet does not know what to do with them; expected one "
          + "with attention_type gated, as GLIGEN's")
    }
    let slots = UNet2DConditionModel.objectSlots
    if request.objects.count > slots {
      throw PipelineError(
        .request,
        "there are \(request.objects.count) boxes; the model has room for \(slots) in an image")
    }
    for object in request.objects where !object.box.isInsideImage {
      throw PipelineError(
        .request,
        "the box \(object.box) of '\(object.phrase)' is empty or leaves the image; expected left, top, "
          + "right and bottom in shares of width and height, 0 … 1")
    }
  }
}
