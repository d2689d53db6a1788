import DiffusionPipelines
import Foundation
import ImageFiles
import SegmentationDatasets

/// Sets of images, one for each encode ratio.
extension AugmentationPlan {
  /// Every photograph once for each ratio, one set after the other.
  static func sets(
    of sources: [AugmentationSource], _ settings: AugmentationSettings
  ) -> [(source: Int, start: Start?)] {
    settings.starts.flatMap { start in sources.indices.map { ($0, start) } }
  }

  /// The images of each ratio, and their labels, in the output.
  func sets(in root: URL) -> [(ratio: Double, images: [SegmentationDataset.Entry])] {
    (settings.encodeRatios ?? []).map { ratio in
      let set = pictures.filter { $0.start == .encodedImage(ratio: ratio) }
      return (ratio, set.map { entry(of: $0, in: root) })
    }
  }

  /// The size that photographs of a size are painted at, or each of their instances.
  static func paintedShape(of size: ImageSize, _ settings: AugmentationSettings) -> ImageSize {
    settings.paintsSquares == true || settings.instances != nil
      ? ImageSize(width: settings.resolution, height: settings.resolution) : size
  }
}
