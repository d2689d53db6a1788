import Foundation
import ImageFiles

/// What CVAT's file makes of one photograph.
struct CVATDrawing {
  let image: CVATFile.Image
  let url: URL
  let labels: LabelNames

  var stem: String { PhotographName.stem(of: image.name) }

  /// The photograph with its labels.
  ///
  /// - Throws: ``DatasetError`` for a photograph that is not there, and shapes that cannot be drawn.
  func entry(_ photograph: URL?) throws(DatasetError) -> SegmentationDataset.Entry {
    guard let photograph else {
      throw error(
        "there is no such photograph",
        "Export with the images, or put it into the folder 'images'.",
        isMissing: true)
    }
    let size = try photographSize(photograph, stem)
    guard size == image.size else {
      throw error(
        "the file has \(image.size) pixels, its photograph \(size)",
        "Export both from one task; Exif's orientation counts.")
    }
    var shapes: [LabelledShape] = []
    for element in image.element.children where element.isCVATShape {
      func complain(_ found: String, _ remedy: String) -> DatasetError {
        error(found, remedy, at: element.line)
      }
      let name = element.attributes["label"] ?? ""
      guard let id = labels[name] else {
        throw complain("the list of classes has no label '\(name)'", "Add it to the list.")
      }
      let group = element.attributes["group_id"].flatMap { $0 == "0" ? nil : $0 }
      shapes.append(
        LabelledShape(
          shape: try element.cvatShape(on: image.size, complain), id: id, group: group,
          depth: element.integer("z_order") ?? 0))
    }
    let drawn = try shapes.labels(on: image.size, labels.classes, of: stem, place(nil), in: url)
    return SegmentationDataset.Entry(
      stem: stem, image: photograph, mask: drawn.mask, instances: drawn.instances)
  }

  private func place(_ line: Int?) -> String {
    "\(url.path), line \(line ?? image.element.line), image '\(image.name)'"
  }

  func error(
    _ found: String, _ remedy: String, at line: Int? = nil, isMissing: Bool = false
  ) -> DatasetError {
    DatasetError([
      DatasetProblem(
        stem: stem, place: place(line), found: found, remedy: remedy, isMissing: isMissing)
    ])
  }
}
