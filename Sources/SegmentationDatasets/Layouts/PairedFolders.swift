import Foundation

/// Folders whose files belong together by their stems: images, masks and, for stems that have them, instances.
struct PairedFolders {
  let images: FolderListing
  let masks: FolderListing
  let instances: FolderListing

  /// Whether an image or a mask has this stem.
  func knows(_ stem: String) -> Bool { images[stem] != nil || masks[stem] != nil }

  /// The files of a stem, or nil and what is missing.
  ///
  /// - Parameter list: What names the stem.
  func entry(_ stem: String, in list: String, problems: inout [DatasetProblem])
    -> SegmentationDataset.Entry?
  {
    if let image = images[stem], let mask = masks[stem] {
      return SegmentationDataset.Entry(
        stem: stem, image: image, mask: mask, instances: instances[stem])
    }
    func report(_ files: String, in listing: FolderListing) {
      let foreign =
        listing.hasForeignNames
        ? " Some names there are not UTF-8: rename those files, to this name if one of them is it."
        : ""
      problems.append(
        DatasetProblem(
          stem: stem, place: stem, found: "no \(files) in \(listing.folder.path)",
          remedy: "Add it, or take the stem out of \(list)." + foreign, isMissing: true))
    }
    if images[stem] == nil { report("photograph \(stem).jpg, .jpeg or .png", in: images) }
    if masks[stem] == nil { report("mask \(stem).png", in: masks) }
    return nil
  }
}
