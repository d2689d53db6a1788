import ArgumentParser
import Foundation
import ImageSegmentation
import SegmentationDatasets
import Tensors

/// A segmenter that looks at a dataset's images, and what its classes are called there.
struct SegmenterOptions: ParsableArguments {
  @Option(
    help: "Folder of a segmenter, as for 'segment', that looks for what the masks say.",
    completion: .directory)
  var segmenter: String?

  @Option(
    help: """
      JSON file of the segmenter's classes that have another name in the dataset, {"airplane": "aeroplane", "sky": null}; \
      null is no class of the dataset.
      """,
    completion: .file())
  var classMap: String?

  /// Refuses names for the classes of no segmenter.
  func requireForClassMap() throws {
    if classMap != nil && segmenter == nil {
      throw ValidationError("--class-map is for the classes of a --segmenter.")
    }
  }

  /// The file of names.
  var map: URL? { get throws { try classMap.map { try existing($0, "file") } } }

  /// The segmenter with a dataset's classes; nil where none was named.
  ///
  /// - Parameter device: Where it computes; nil to open one.
  func predictions(
    for classes: ClassList, _ computing: DeviceOptions, on device: Device? = nil
  ) throws -> SegmenterPredictions? {
    guard let segmenter else { return nil }
    let map = try map
    let device = try device ?? computing.open()
    let network = try computing.load(segmenter, on: device) {
      try SegmenterCatalogue.open($0, device: device, precision: $1)
    }
    return try SegmenterPredictions(network, for: classes, classMap: map)
  }

  /// The segmenter as one that finds objects; nil where none was named.
  func instances(for classes: ClassList, _ computing: DeviceOptions) throws -> SegmenterInstances? {
    guard let segmenter else { return nil }
    let map = try map
    let device = try computing.open()
    let network = try computing.load(segmenter, on: device) {
      try SegmenterCatalogue.openInstances($0, device: device, precision: $1)
    }
    return try SegmenterInstances(network, for: classes, classMap: map)
  }
}
