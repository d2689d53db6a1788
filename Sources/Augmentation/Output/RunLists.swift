import Foundation
import SegmentationDatasets

/// The lists of a run's folder. They come last: a dataset that has them is whole.
struct RunLists {
  let layout: any DatasetLayout
  let classes: ClassList

  /// Where the lists of sets are.
  private static let setFolder = "encode-ratio"

  /// Writes the list of each set of images, that of what was made, and then that of all images.
  ///
  /// - Parameter sets: The images of each encode ratio.
  func write(
    originals: [SegmentationDataset.Entry], generated: [SegmentationDataset.Entry],
    sets: [(ratio: Double, images: [SegmentationDataset.Entry])], to folder: OutputFolder
  ) throws {
    let lists = sets.map { (layout.listName("\($0.ratio)", in: Self.setFolder), $0.images) }
    for (split, images) in lists + [
      (AugmentationRun.generated, generated), (AugmentationRun.split, originals + generated),
    ] {
      try layout.index(images, as: split, classes: classes, in: folder.root) {
        try folder.placeIfNeeded($0, at: $1)
      }
    }
  }
}
