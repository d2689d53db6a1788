import DiffusionPipelines
import Foundation
import ImageFiles

extension Generate {
  /// The control images, those of networks that see label images read as class ids.
  ///
  /// - Parameters:
  ///   - networks: The pipeline's.
  ///   - images: The files as images.
  func labelImages(_ networks: [any ControlNetwork], _ images: [Image]) throws -> [Image] {
    try networks.indices.map { index in
      guard networks[index].seesLabels else { return images[index] }
      let labels = try LabelImage(contentsOf: URL(fileURLWithPath: controlImages[index]))
      return Image(width: labels.width, height: labels.height, channels: 1, pixels: labels.ids)
    }
  }
}
