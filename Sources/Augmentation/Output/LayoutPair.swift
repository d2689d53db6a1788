import Faults
import Foundation
import ImageFiles
import SegmentationDatasets

/// The layouts of a dataset and of one that is made of it.
struct LayoutPair: Sendable {
  let from: any DatasetLayout
  let to: any DatasetLayout

  /// - Throws: ``AugmentationError`` where the other layout has classes of its own, which are not these.
  init(
    from: any DatasetLayout, to: any DatasetLayout, classes: ClassList
  ) throws {
    (self.from, self.to) = (from, to)
    guard let own = to.ownClasses else { return }
    guard own.names == classes.names && own.encoding == classes.encoding else {
      throw AugmentationError(
        .request,
        "the layout '\(to.title)' has \(own.names.count) classes of its own, and this dataset has others. Choose "
          + "a layout without classes of its own.", remedies: [Remedy(.outputLayout)])
    }
  }

  /// Whether files stay as they are, whatever they hold.
  var isOne: Bool { from.title == to.title }

  /// The files of a source that are copied: the photograph, its mask and, where it has them, its instances.
  func copies(of source: AugmentationSource, in split: String) -> [CopiedFile] {
    let (entry, hashes) = (source.entry, source.hashes)
    let labelled = [
      CopiedFile(
        path: imagePath(of: source, in: split), hash: hashes.image, original: entry.image
      ) { try $0.data(at: entry.image, hashes.image) },
      CopiedFile(
        path: to.maskPath(of: entry.stem, in: split), hash: hashes.mask,
        original: entry.mask.isFile ? entry.mask.url : nil
      ) { try $0.data(of: entry.mask, hashes.mask) },
    ]
    guard let objects = entry.instances, let hash = hashes.instances,
      let path = to.instancesPath(of: entry.stem, in: split)
    else { return labelled }
    if isOne {
      return labelled + [
        CopiedFile(path: path, hash: hash, original: objects.isFile ? objects.url : nil) {
          try $0.data(of: objects, hash)
        }
      ]
    }
    return labelled + [
      CopiedFile(path: path, hash: nil, original: nil) {
        try instances(
          $0.data(of: objects, hash), objects,
          mask: entry.mask.labels(in: $0.data(of: entry.mask, hashes.mask)))
      }
    ]
  }

  /// The bytes of an instance mask in the other layout.
  ///
  /// - Parameters:
  ///   - data: Those that `source` reads.
  ///   - mask: The class of each pixel, whose size the instances get.
  func instances(_ data: Data, _ source: LabelSource, mask: LabelImage) throws -> Data {
    let own = try source.labels(in: data)
    let sized =
      own.size == mask.size ? own : own.resizedNearest(width: mask.width, height: mask.height)
    return try to.instancesData(sized, of: mask)
  }

  func imagePath(of source: AugmentationSource, in split: String) -> String {
    to.imagePath(
      of: source.stem, in: split, pathExtension: source.photograph.pathExtension)
  }

  /// Where an original is in the output, and its labels.
  func entry(
    _ source: AugmentationSource, in split: String, below root: URL
  ) -> SegmentationDataset.Entry {
    entry(
      source.stem, imagePath(of: source, in: split), source.entry.instances != nil, in: split,
      below: root)
  }

  /// Where an image of the output is, and its labels.
  func entry(
    _ stem: String, _ image: String, _ hasInstances: Bool, in split: String, below root: URL
  ) -> SegmentationDataset.Entry {
    let instances = hasInstances ? to.instancesPath(of: stem, in: split) : nil
    return SegmentationDataset.Entry(
      stem: stem, image: root.appending(path: image),
      mask: root.appending(path: to.maskPath(of: stem, in: split)),
      instances: instances.map { root.appending(path: $0) })
  }
}
