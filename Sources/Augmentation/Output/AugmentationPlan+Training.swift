public import Foundation
import ImageFiles
import SegmentationDatasets

extension AugmentationPlan {
  /// Writes what other programs need to train on the larger dataset, which is there.
  ///
  /// - Throws: `WritingError`.
  public func writeTrainingFiles(to output: URL) throws {
    let made = pictures.map { URL(fileURLWithPath: imagePath(of: $0)) }
    let training = TrainingFiles(
      layout, classes,
      splits: [
        .init(AugmentationRun.split), .init(AugmentationRun.generated, in: AugmentationRun.split),
      ], photographs: made + keptSources.map(\.photograph))
    for (name, text) in training.files {
      try writeAtomically(Data(text.utf8), to: output.appending(path: name))
    }
  }
}
