import Foundation

/// The label images that this program writes beside annotations, in folders of their own.
struct LabelImagesBeside {
  private let pairs: [PairedFolders]

  /// Lists the folders of a layout's photographs, masks and instances, of which any may be absent.
  init(_ root: URL, of layout: some DatasetLayout, in splits: [String]) throws {
    func listing(_ path: String, _ extensions: [String]) throws -> FolderListing {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      return try FolderListing(root.appending(path: folder), extensions: extensions)
    }
    pairs = try splits.map { split in
      PairedFolders(
        images: try listing(
          layout.imagePath(of: "a", in: split, pathExtension: "jpg"), PhotographName.extensions),
        masks: [try listing(layout.maskPath(of: "a", in: split), ["png"])],
        instances: try layout.instancesPath(of: "a", in: split).map { try listing($0, ["png"]) })
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { pairs.allSatisfy { $0.masks[0].stems.isEmpty } }

  /// An image with its label images in place of shapes, where it has some.
  func replacing(_ entry: SegmentationDataset.Entry) -> SegmentationDataset.Entry {
    for pair in pairs where pair.images[entry.stem]?.path == entry.image.path {
      guard let mask = pair.masks[0][entry.stem] else { continue }
      return SegmentationDataset.Entry(
        stem: entry.stem, image: entry.image, mask: mask, instances: pair.instances?[entry.stem])
    }
    return entry
  }

  /// The photographs that have label images, and then those that have none.
  func entries(and others: [SegmentationDataset.Entry]) -> [SegmentationDataset.Entry] {
    var unpaired: [DatasetProblem] = []
    let own = pairs.flatMap { pair in
      pair.stems.compactMap { pair.entry($0, or: "", problems: &unpaired) }
    }
    let known = Set(own.map(\.image.path))
    return own + others.filter { !known.contains($0.image.path) }
  }
}
