import Foundation

/// The photographs of a file of annotations.
struct COCOImages {
  let file: COCOFile
  let url: URL
  /// Finds a photograph by the name in the file.
  let photograph: (_ file: String) throws -> URL?

  /// Makes an entry of each image whose photograph is there, in the order of the file.
  ///
  /// - Parameter labels: Gives where an image's labels are; nil after it reported why there are none.
  func entries(
    problems: inout [DatasetProblem],
    labels: (COCOFile.Image, _ stem: String, _ problems: inout [DatasetProblem]) throws
      -> (mask: LabelSource, instances: LabelSource?)?
  ) throws -> [SegmentationDataset.Entry] {
    var stems: Set<String> = []
    guard !file.images.isEmpty else {
      throw DatasetError(url.path, "the file names no photograph", "Check the file.")
    }
    return try file.images.compactMap { image in
      let stem = PhotographName.stem(of: image.file_name)
      func report(_ found: String, _ remedy: String, isMissing: Bool = false) {
        problems.append(
          DatasetProblem(
            stem: stem, place: "\(url.path), image '\(image.file_name)'", found: found,
            remedy: remedy, isMissing: isMissing))
      }
      guard !image.file_name.split(separator: "/").contains("..") else {
        report("the name leads out of the folder", "Correct the file.")
        return nil
      }
      guard stems.insert(stem).inserted else {
        report("another image has this name", "Rename one of them: names without folders count.")
        return nil
      }
      guard (1...65536).contains(image.width) && (1...65536).contains(image.height) else {
        report("its size is \(image.width)×\(image.height) pixels", "Correct the file.")
        return nil
      }
      guard let photograph = try photograph(image.file_name) else {
        report(
          "there is no such photograph", "Add it, or take it out of the file.", isMissing: true)
        return nil
      }
      guard let labels = try labels(image, stem, &problems) else { return nil }
      return SegmentationDataset.Entry(
        stem: stem, image: photograph, mask: labels.mask, instances: labels.instances)
    }
  }
}
