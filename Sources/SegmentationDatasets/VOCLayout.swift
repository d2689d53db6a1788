import Foundation

/// Where VOC keeps its files.
struct VOCLayout {
  let root: URL
  let images: FolderListing
  let masks: FolderListing

  /// Lists the files at or below a folder.
  init(in folder: URL) throws {
    root = try Self.findRoot(in: folder)
    images = try FolderListing(
      root.appending(path: "JPEGImages"), extensions: PhotographName.extensions)
    masks = try FolderListing(root.appending(path: "SegmentationClass"), extensions: ["png"])
  }

  /// The folder with `JPEGImages` at or below a folder, as archives and programs lay it out.
  private static func findRoot(in folder: URL) throws -> URL {
    let years = ["VOC2012", "VOC2007"]
    let inside = [""] + years + years.map { "VOCdevkit/\($0)" }
    let candidates = inside.map { $0.isEmpty ? folder : folder.appending(path: $0) }
    if let root = candidates.first(where: { exists($0.appending(path: "JPEGImages")) }) {
      return root
    }
    throw DatasetError(
      folder.path, exists(folder) ? "there is no folder JPEGImages" : "the folder does not exist",
      "Give the folder that holds JPEGImages, SegmentationClass and ImageSets/Segmentation.",
      isMissing: true)
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }

  /// Whether a photograph or a mask has this stem.
  func knows(_ stem: String) -> Bool { images[stem] != nil || masks[stem] != nil }

  /// Photograph and mask of a stem, or what is missing.
  ///
  /// - Parameter list: What names the stem.
  func entry(_ stem: String, in list: String, problems: inout [DatasetProblem])
    -> VOCDataset.Entry?
  {
    if let image = images[stem], let mask = masks[stem] {
      return VOCDataset.Entry(stem: stem, image: image, mask: mask)
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
