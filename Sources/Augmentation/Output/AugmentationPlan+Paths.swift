import Foundation
import SegmentationDatasets

/// Where the files of the larger dataset are, below its root.
extension AugmentationPlan {
  /// The path of an image that is made.
  func imagePath(of picture: PlannedImage) -> String {
    layout.imagePath(
      of: picture.name, in: AugmentationRun.split,
      pathExtension: settings.imageFormat.pathExtension)
  }

  /// The name of an image whose file is called otherwise; nil where the file has it.
  func stem(besideImagePathOf picture: PlannedImage) -> String? {
    LedgerRecord.stem(of: imagePath(of: picture)) == picture.name ? nil : picture.name
  }

  /// Where an image that is made is in the output, and its labels.
  func entry(of picture: PlannedImage, in root: URL) -> SegmentationDataset.Entry {
    let hasInstances = picture.source.map { sources[$0].entry.instances != nil } ?? false
    return layouts.entry(
      picture.name, imagePath(of: picture), hasInstances, in: AugmentationRun.split, below: root)
  }

  /// Where the originals that the output has are, and their labels.
  func originals(in root: URL) -> [SegmentationDataset.Entry] {
    keptSources.map { layouts.entry($0, in: AugmentationRun.split, below: root) }
  }

  /// The sources that the output has too.
  var keptSources: [AugmentationSource] { settings.originals == .nothing ? [] : sources }
}
