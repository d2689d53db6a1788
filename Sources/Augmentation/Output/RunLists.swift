import Foundation
import SegmentationDatasets

/// The lists of a run's folder. They come last: a dataset that has them is whole.
struct RunLists {
  let layout: any DatasetLayout
  let classes: ClassList

  /// Writes the list of what was made, and then that of all images.
  func write(
    originals: [SegmentationDataset.Entry], generated: [SegmentationDataset.Entry],
    to folder: OutputFolder
  ) throws {
    for (split, images) in [
      (AugmentationRun.generated, generated), (AugmentationRun.split, originals + generated),
    ] {
      try layout.index(images, as: split, classes: classes, in: folder.root) {
        try folder.placeIfNeeded($0, at: $1)
      }
    }
  }
}
