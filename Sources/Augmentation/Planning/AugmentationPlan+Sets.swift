import DiffusionPipelines
import DurableFiles
public import Foundation
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

  /// Writes a list of each set beside those of the finished run.
  ///
  /// - Throws: `WritingError`, and what reading labels throws in layouts whose lists have them.
  public func writeSetLists(to output: URL) throws {
    for ratio in settings.encodeRatios ?? [] {
      let images = pictures.filter { $0.start == .encodedImage(ratio: ratio) }
      try layout.index(
        images.map { entry(of: $0, in: output) },
        as: layout.listName("\(ratio)", in: Self.setFolder), classes: classes, in: output
      ) { data, path in
        let file = output.appending(path: path)
        try makeFolder(file.deletingLastPathComponent())
        try writeAtomically(data, to: file)
      }
    }
  }

  /// Where the lists of the sets are.
  static let setFolder = "encode-ratio"

  /// The size that photographs of a size are painted at.
  static func paintedShape(of size: ImageSize, _ settings: AugmentationSettings) -> ImageSize {
    settings.paintsSquares == true
      ? ImageSize(width: settings.resolution, height: settings.resolution) : size
  }
}
