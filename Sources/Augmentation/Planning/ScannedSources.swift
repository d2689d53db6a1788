import DurableFiles
import Foundation
import SegmentationDatasets

/// The photographs of a dataset that a run can use, all read and checked.
struct ScannedSources {
  /// In the order of their split.
  let sources: [AugmentationSource]
  /// What is wrong with those that are left out.
  let skipped: [DatasetProblem]
  /// What may surprise the user, a sentence each.
  let notices: [String]

  /// - Parameter output: The folder of a run that may have been begun on these very files.
  init(
    of dataset: SegmentationDataset, _ settings: AugmentationSettings, skippingInvalid: Bool,
    resumingIn output: URL?, check: @Sendable () throws -> Void
  ) throws {
    func scan(trustingImages: Bool) throws -> ScannedSources {
      try ScannedSources(
        of: dataset, settings, skippingInvalid: skippingInvalid, trustingImages: trustingImages,
        check: check)
    }
    if let begun = try output.flatMap(RunIdentity.init(ofRunIn:)) {
      // What is wrong with other files is found by decoding them.
      let trusted = try? scan(trustingImages: true)
      if let trusted, AugmentationPlan.digest(of: trusted.sources) == begun.dataset {
        self = trusted
        return
      }
    }
    self = try scan(trustingImages: false)
  }

  private init(
    of dataset: SegmentationDataset, _ settings: AugmentationSettings, skippingInvalid: Bool,
    trustingImages: Bool, check: @Sendable () throws -> Void
  ) throws {
    let scan = try dataset.scan(
      requiring: settings.require, findingInstances: settings.instances != nil,
      trustingImages: trustingImages, check: check)
    skipped = try scan.settle(skippingInvalid: skippingInvalid)
    notices = scan.notices
    sources = dataset.entries.compactMap { entry in
      scan.images[entry.stem].map {
        AugmentationSource(
          entry, classes: $0.classes, classOrder: (settings.classOrder ?? .id).ids(of: $0.extents),
          size: $0.size, hashes: $0.hashes, instances: $0.instances)
      }
    }
  }
}

extension RunIdentity {
  /// What was begun in a folder; nil where nothing was, or nothing that this version understands.
  fileprivate init?(ofRunIn root: URL) throws {
    let url = root.appendingPathComponent(OutputFolder.identityPath)
    guard let data = try Disk().read(url) else { return nil }
    self.init(decoding: data)
  }
}
