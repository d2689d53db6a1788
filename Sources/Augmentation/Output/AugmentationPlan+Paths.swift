import Foundation
import SegmentationDatasets

/// Where the files of the larger dataset are, below its root.
extension AugmentationPlan {
  /// The path of an image that is made.
  func imagePath(of picture: PlannedImage) -> String {
    layout.imagePath(of: picture.name, pathExtension: settings.imageFormat.pathExtension)
  }

  /// The files of a source that are copied: the photograph, its mask and, where it has them, its instances.
  func copies(of source: AugmentationSource) -> [(url: URL, hash: String, path: String)] {
    let (entry, hashes) = (source.entry, source.hashes)
    let labelled = [
      (
        entry.image, hashes.image,
        layout.imagePath(of: entry.stem, pathExtension: entry.image.pathExtension)
      ),
      (entry.mask, hashes.mask, layout.maskPath(of: entry.stem)),
    ]
    guard let url = entry.instances, let hash = hashes.instances,
      let path = layout.instancesPath(of: entry.stem)
    else { return labelled }
    return labelled + [(url, hash, path)]
  }
}
