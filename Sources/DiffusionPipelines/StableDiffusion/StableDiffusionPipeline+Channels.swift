import Faults
import ImageFiles

/// Control networks that were trained on images whose channels were in another order.
extension StableDiffusionPipeline {
  /// An image with its channels as the model reads and paints them, or back again.
  func inItsOrder(_ image: Image) -> Image {
    controls.contains(where: \.paintsBGR) ? image.reversingChannels() : image
  }

  /// Makes sure that one image can be right for all networks.
  static func requireOneOrder(of controls: [any ControlNetwork]) throws {
    let count = controls.count(where: \.paintsBGR)
    if count == 0 || count == controls.count { return }
    throw PipelineError(
      .request,
      "\(count) of \(controls.count) control networks were trained on images of blue, green and red, the others on red, "
        + "green and blue ('image_channel_order' in their config.json), and no image is right for both. Leave one sort "
        + "out.")
  }
}
