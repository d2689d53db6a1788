import Foundation
import ImageFiles

/// What one file of labelme makes of its photograph.
struct LabelMeDrawing {
  let file: LabelMeFile
  let url: URL
  let stem: String
  let labels: LabelNames

  /// The photograph with its labels.
  ///
  /// - Throws: ``DatasetError`` for a photograph that is not there, and shapes that cannot be drawn.
  func entry(_ photograph: URL?) throws(DatasetError) -> SegmentationDataset.Entry {
    guard let photograph else {
      throw error(
        "there is no photograph '\(file.imagePath)'",
        "Put it beside the file; photographs that are in the file alone are not read.",
        isMissing: true)
    }
    let size = try size(of: photograph)
    var shapes: [LabelledShape] = []
    for (index, shape) in file.shapes.enumerated() {
      func complain(_ found: String, _ remedy: String) -> DatasetError {
        error(found, remedy, at: ", shape \(index + 1) ('\(shape.label)')")
      }
      guard let id = labels[shape.label] else {
        throw complain("the list of classes has no such label", "Add it to the list.")
      }
      shapes.append(
        LabelledShape(
          shape: try shape.drawn(on: size, complain), id: id,
          group: shape.group_id.map(String.init), depth: 0))
    }
    let drawn = try shapes.labels(on: size, labels.classes, of: stem, url.path, in: url)
    return SegmentationDataset.Entry(
      stem: stem, image: photograph, mask: drawn.mask, instances: drawn.instances)
  }

  /// That of the file or, where it does not say it, the photograph's.
  private func size(of photograph: URL) throws(DatasetError) -> ImageSize {
    if let width = file.imageWidth, let height = file.imageHeight {
      guard (1...65536).contains(width) && (1...65536).contains(height) else {
        throw error("its size is \(width)×\(height) pixels", "Correct the file.")
      }
      return ImageSize(width: width, height: height)
    }
    return try photographSize(photograph, stem)
  }

  func error(
    _ found: String, _ remedy: String, at place: String = "", isMissing: Bool = false
  ) -> DatasetError {
    DatasetError([
      DatasetProblem(
        stem: stem, place: url.path + place, found: found, remedy: remedy, isMissing: isMissing)
    ])
  }
}
