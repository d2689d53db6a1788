import Faults
import Foundation
public import ImageFiles

extension VOCDataset {
  /// Reads a photograph, upright, and its mask.
  ///
  /// - Parameters:
  ///   - entry: Where both are.
  ///   - warn: Gets a sentence about a photograph that breaks its format and has every pixel.
  /// - Throws: ``DatasetError`` with all that is wrong with them: files that cannot be read, are damaged,
  ///   are no mask or do not fit each other, and ids beyond the class list.
  public func load(
    _ entry: Entry, warn: (String) -> Void = { _ in }
  ) throws(DatasetError) -> (image: Image, mask: LabelImage) {
    var problems: [DatasetProblem] = []
    let image = read(entry.image, of: entry, &problems) { (url) throws(ImageError) in
      try Image(contentsOf: url, warn: warn)
    }
    let mask = read(entry.mask, of: entry, &problems) { (url) throws(ImageError) in
      try LabelImage(contentsOf: url)
    }
    if let image, let mask, let problem = problem(of: mask, entry, photograph: image.size) {
      problems.append(problem)
    }
    guard let image, let mask, problems.isEmpty else { throw DatasetError(problems) }
    return (image, mask)
  }

  private func read<Picture>(
    _ url: URL, of entry: Entry, _ problems: inout [DatasetProblem],
    _ read: (URL) throws(ImageError) -> Picture
  ) -> Picture? {
    do throws(ImageError) { return try read(url) } catch {
      problems.append(DatasetProblem(error, stem: entry.stem))
      return nil
    }
  }

  private func problem(
    of mask: LabelImage, _ entry: Entry, photograph: ImageSize
  ) -> DatasetProblem? {
    guard mask.size == photograph else {
      return DatasetProblem(
        stem: entry.stem, place: entry.mask.path,
        found: "the mask has \(mask.size) pixels, its photograph \(photograph)",
        remedy: "Make the mask anew at the photograph's upright size; Exif's orientation counts.")
    }
    let unknown = classes.labels(among: mask.classes).filter { classes.names[$0] == nil }.sorted()
    guard !unknown.isEmpty else { return nil }
    let shown = unknown.prefix(8).map(String.init).joined(separator: ", ")
    let more = unknown.count > 8 ? " and \(unknown.count - 8) more" : ""
    return DatasetProblem(
      stem: entry.stem, place: entry.mask.path,
      found: "the mask holds ids beyond the class list (\(shown)\(more))",
      remedy: "Give a list with all classes, or correct the mask.", remedies: [Remedy(.classes)])
  }
}
