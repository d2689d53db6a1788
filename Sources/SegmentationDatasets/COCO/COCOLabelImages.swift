import Foundation

/// The label images that this program writes beside a file of instances.
struct COCOLabelImages {
  private let pairs: [PairedFolders]

  /// Lists the folders `annotations/masks_<split>`, of which any may be absent.
  init(in root: URL) throws {
    let folder = root.appending(path: "annotations")
    let prefix = "masks_"
    pairs = try SplitFolders.names(in: folder).filter { $0.hasPrefix(prefix) }.map { name in
      let split = name.dropFirst(prefix.count)
      func listing(_ path: String, _ extensions: [String]) throws -> FolderListing {
        try FolderListing(root.appending(path: path), extensions: extensions)
      }
      return PairedFolders(
        images: try listing(String(split), PhotographName.extensions),
        masks: [try listing("annotations/\(name)", ["png"])],
        instances: try listing("annotations/objects_\(split)", ["png"]))
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { pairs.allSatisfy { $0.masks[0].stems.isEmpty } }

  /// The label images of a stem.
  subscript(stem: String) -> (mask: LabelSource, instances: LabelSource?)? {
    for pair in pairs {
      guard let mask = pair.masks[0][stem] else { continue }
      return (.file(mask), pair.instances?[stem].map(LabelSource.file))
    }
    return nil
  }

  /// The images that have some.
  var entries: [SegmentationDataset.Entry] {
    var unpaired: [DatasetProblem] = []
    return pairs.flatMap { pair in
      pair.stems.compactMap { pair.entry($0, or: "", problems: &unpaired) }
    }
  }
}
