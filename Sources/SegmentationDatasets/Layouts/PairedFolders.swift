import Foundation

/// Folders whose files belong together by their stems: images, masks and, for stems that have them, instances.
struct PairedFolders {
  let images: FolderListing
  /// The masks: the first folder that has a stem counts, and a missing one is missed in the first.
  let masks: [FolderListing]
  let instances: FolderListing?
  /// What the instances' numbers stand for; nil where they are the ids.
  var instanceNumbers: LabelNumbers?

  /// Whether an image or a mask has this stem.
  func knows(_ stem: String) -> Bool { images.has(stem) || masks.contains { $0.has(stem) } }

  /// The stems of all images and masks, in their order.
  var stems: [String] { Set(masks.flatMap(\.stems)).union(images.stems).sorted() }

  private func mask(_ stem: String) -> URL? { masks.lazy.compactMap { $0[stem] }.first }

  /// The files of a stem, or nil and what is missing.
  ///
  /// - Parameter remedy: What to do about a stem of which a file is missing, beside adding it.
  func entry(_ stem: String, or remedy: String, problems: inout [DatasetProblem])
    -> SegmentationDataset.Entry?
  {
    if let image = images[stem], let mask = mask(stem) {
      let instances = instances?[stem].map { url in
        instanceNumbers.map { .numbers(url, $0) } ?? LabelSource.file(url)
      }
      return SegmentationDataset.Entry(
        stem: stem, image: image, mask: .file(mask), instances: instances)
    }
    func report(_ files: String, in listing: FolderListing) {
      let foreign =
        listing.hasForeignNames
        ? " Some names there are not UTF-8: rename those files, to this name if one of them is it."
        : ""
      problems.append(
        DatasetProblem(
          stem: stem, place: stem, found: "no \(files) in \(listing.folder.path)",
          remedy: "Add it, or \(remedy)." + foreign, isMissing: true))
    }
    if images[stem] == nil {
      report("photograph \(stem)\(images.suffix).jpg, .jpeg or .png", in: images)
    }
    if mask(stem) == nil { report("mask \(stem)\(masks[0].suffix).png", in: masks[0]) }
    return nil
  }
}
