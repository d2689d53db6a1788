import Foundation
import SegmentationDatasets

/// What the folder of a whole run has, as every shard knows it: from the folders of all shards, and this, the dataset can
/// be put together without the one that it was made from.
struct RunInventory: Codable, Equatable {
  /// A photograph of the dataset that the folder has too, by the paths of its files.
  struct Original: Codable, Equatable {
    let stem, image, mask: String
    let instances: String?

    var paths: [String] { [image, mask] + [instances].compactMap(\.self) }
  }

  /// Its name beside the shards' folders.
  static let file = "plan.json"

  /// In the order of the list.
  let originals: [Original]
  /// The paths of the images that are made, in the plan's order.
  let images: [String]

  init(of plan: AugmentationPlan) {
    originals = plan.keptSources.map { plan.layouts.original($0, in: AugmentationRun.split) }
    images = plan.pictures.map(plan.imagePath)
  }
}

extension LayoutPair {
  fileprivate func original(
    _ source: AugmentationSource, in split: String
  ) -> RunInventory.Original {
    RunInventory.Original(
      stem: source.stem, image: imagePath(of: source, in: split),
      mask: to.maskPath(of: source.stem, in: split),
      instances: source.entry.instances.flatMap { _ in to.instancesPath(of: source.stem, in: split)
      }
    )
  }
}

extension SegmentationDataset.Entry {
  /// An original below a folder.
  init(_ original: RunInventory.Original, below root: URL) {
    self.init(
      stem: original.stem, image: root.appending(path: original.image),
      mask: root.appending(path: original.mask),
      instances: original.instances.map { root.appending(path: $0) })
  }

  /// A finished image below a folder.
  init(_ record: LedgerRecord, below root: URL) {
    self.init(
      stem: record.name, image: root.appending(path: record.image),
      mask: root.appending(path: record.mask),
      instances: record.instances.map { root.appending(path: $0) })
  }
}
