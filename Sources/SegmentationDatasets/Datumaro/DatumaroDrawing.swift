import Foundation
import ImageFiles

/// What Datumaro's file makes of one photograph.
struct DatumaroDrawing {
  let item: DatumaroFile.Item
  let part: DatumaroFolder.Part
  let labels: LabelNames

  var stem: String { PhotographName.stem(of: item.id) }

  /// The photograph with its labels.
  ///
  /// - Throws: ``DatasetError`` for a photograph that is not there, and shapes that cannot be drawn.
  func entry(_ photograph: URL?) throws(DatasetError) -> SegmentationDataset.Entry {
    guard let photograph else {
      throw error(
        "there is no such photograph",
        "Export with the images, or put it into images/\(part.subset).", isMissing: true)
    }
    let size = try size(of: photograph)
    let names = part.file.categories.label.labels.map(\.name)
    var shapes: [LabelledShape] = []
    for (index, annotation) in item.annotations.enumerated()
    where annotation.isShape && !isToldBetter(annotation) {
      func complain(_ found: String, _ remedy: String) -> DatasetError {
        error(found, remedy, at: ", annotation \(index + 1)")
      }
      guard let number = annotation.label_id, names.indices.contains(number) else {
        throw complain(
          "there is no label \(annotation.label_id.map(String.init) ?? "at all")",
          "Correct the file, or export it again.")
      }
      guard let id = labels[names[number]] else {
        throw complain("the list of classes has no label '\(names[number])'", "Add it to the list.")
      }
      let group = annotation.group.flatMap { $0 == 0 ? nil : String($0) }
      shapes.append(
        LabelledShape(
          shape: try annotation.drawn(on: size, complain), id: id, group: group,
          depth: annotation.z_order ?? 0))
    }
    let drawn = try shapes.labels(on: size, labels.classes, of: stem, place, in: part.url)
    return SegmentationDataset.Entry(
      stem: stem, image: photograph, mask: drawn.mask, instances: drawn.instances)
  }

  /// Whether a box is that of an object whose pixels are there.
  private func isToldBetter(_ box: DatumaroFile.Annotation) -> Bool {
    guard box.type == "bbox", let group = box.group, group != 0 else { return false }
    return item.annotations.contains { $0.group == group && $0.type != "bbox" && $0.isShape }
  }

  private func size(of photograph: URL) throws(DatasetError) -> ImageSize {
    if let sides = item.image?.size ?? item.media?.size {
      guard sides.count == 2, sides.allSatisfy({ (1...65536).contains($0) }) else {
        throw error("its size is \(sides)", "Correct the file: height and width.")
      }
      return ImageSize(width: sides[1], height: sides[0])
    }
    return try photographSize(photograph, stem)
  }

  private var place: String { "\(part.url.path), item '\(item.id)'" }

  func error(
    _ found: String, _ remedy: String, at more: String = "", isMissing: Bool = false
  ) -> DatasetError {
    DatasetError([
      DatasetProblem(
        stem: stem, place: place + more, found: found, remedy: remedy, isMissing: isMissing)
    ])
  }
}
