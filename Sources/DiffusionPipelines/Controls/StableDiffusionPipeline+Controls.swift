import Checkpoints
import Faults
public import Foundation
import ImageFiles
import ImageTensors
import Tensors

extension StableDiffusionPipeline {
  /// What joins the steps of a batch.
  func stepControls(
    _ requests: [ImageRequest], _ settings: SamplingSettings, _ guidance: Guidance
  ) -> [any StepControl] {
    networkControls(requests, settings, guidance)
      + [
        imagePromptControl(requests, settings, guidance),
        objectControl(requests, settings, guidance),
      ].compactMap(\.self)
  }

  /// What each control network makes of its images, once for the whole run.
  private func networkControls(
    _ requests: [ImageRequest], _ settings: SamplingSettings, _ guidance: Guidance
  ) -> [any StepControl] {
    controls.indices.map { index in
      let images = requests.map { request in
        controlImage(
          request.controlImages[index], width: request.width, height: request.height,
          for: controls[index])
      }
      return controls[index].control(
        of: guidance.controlledBatch(.stack(samples: images)), settings.control(index))
    }
  }

  /// What a record of a run calls the folder of a control network, such as `adapter`.
  ///
  /// - Throws: ``PipelineError`` for a folder that holds something else, `CheckpointError` when it cannot be read.
  public static func role(ofControlAt url: URL) throws -> String {
    try ControlCatalogue.network(in: ModelFolder(url)).role
  }

  private func controlImage(
    _ image: Image, width: Int, height: Int, for control: any ControlNetwork
  ) -> Tensor {
    switch control.imageChannels {
    case 1: image.grey().resized(width: width, height: height, .lanczos).tensor(on: device)
    case 3: image.rgb().resized(width: width, height: height, .lanczos).tensor(on: device)
    case let classes:
      image.grey().resized(width: width, height: height, .nearest)
        .oneHot(classes: classes, on: device)
    }
  }

  /// Makes sure that each control network has an image, and settings if any has.
  func checkControls(_ requests: [ImageRequest], _ settings: SamplingSettings) throws {
    for request in requests where request.controlImages.count != controls.count {
      throw PipelineError(
        .request,
        "there are \(request.controlImages.count) control images for \(controls.count) control "
          + "networks; expected one for each")
    }
    for request in requests {
      for (image, control) in zip(request.controlImages, controls)
      where control.seesLabels && image.channels == 3 && image != image.grey().rgb() {
        throw PipelineError(
          .request,
          "a control image has colours, but its control network sees \(control.imageChannels) classes; "
            + "expected one channel, of class ids")
      }
    }
    if settings.controls.isEmpty || settings.controls.count == controls.count { return }
    throw PipelineError(
      .request,
      "there are settings for \(settings.controls.count) control networks, and \(controls.count) were "
        + "loaded; expected settings for each or for none")
  }
}

extension SamplingSettings {
  /// How a control network takes part.
  fileprivate func control(_ index: Int) -> ControlSettings {
    controls.isEmpty ? ControlSettings() : controls[index]
  }
}
