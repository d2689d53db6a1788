import Augmentation
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport

/// Two photographs of 64 × 48 pixels. In the first a person (2) stands before a car (1); another car (3) is small, and
/// there is a crowd of cars. The second has one car.
struct InstanceDataset {
  let folder: TemporaryFolder
  var root: URL { folder.appending("data") }

  init() throws {
    folder = try TemporaryFolder()
    try add("a") { x, y in
      if (20..<30).contains(x) && (4..<44).contains(y) { return (15, 2) }
      if (4..<28).contains(x) && (12..<36).contains(y) { return (7, 1) }
      if (40..<46).contains(x) && (4..<10).contains(y) { return (7, 3) }
      return (38..<60).contains(x) && (30..<46).contains(y) ? (7, 255) : (0, 0)
    }
    try add("b") { x, y in
      (10..<40).contains(x) && (10..<30).contains(y) ? (7, 1) : (0, 0)
    }
    try folder.write("a\nb\n", "data/ImageSets/Segmentation/train.txt")
  }

  private func add(_ stem: String, _ labels: (Int, Int) -> (id: UInt8, instance: UInt8)) throws {
    let places = (0..<64 * 48).map { labels($0 % 64, $0 / 64) }
    func image(_ ids: [UInt8]) -> LabelImage {
      LabelImage(width: 64, height: 48, ids: ids, palette: Palette.voc)
    }
    let photograph = Image(
      width: 64, height: 48, channels: 3,
      pixels: places.indices.flatMap { place in
        let light = places[place].id == 0 ? 90 : 190
        return [UInt8(light + place % 64), UInt8(place / 64), UInt8(40 + 7 * place % 13)]
      })
    try folder.write(photograph.pngData(), "data/JPEGImages/\(stem).png")
    try folder.write(image(places.map(\.id)).pngData(), "data/SegmentationClass/\(stem).png")
    try folder.write(image(places.map(\.instance)).pngData(), "data/SegmentationObject/\(stem).png")
  }

  /// Settings under which every instance but the small one is painted.
  static var settings: AugmentationSettings {
    var settings = TestDataset.settings
    (settings.images, settings.copies) = (nil, 2)
    settings.priors = []
    settings.imageFormat = .png
    settings.instances = InstanceSettings()
    return settings
  }

  func plan(
    _ change: (inout AugmentationSettings) -> Void = { _ in }
  ) throws -> AugmentationPlan {
    var settings = Self.settings
    change(&settings)
    return try AugmentationPlan(
      dataset: SegmentationDataset(root: root, split: "train"), captions: nil, settings: settings)
  }
}

extension AugmentationPlan {
  /// Runs a plan of instances with a fake model.
  @discardableResult
  func runInstances(
    into output: URL, generator: FakeGenerator = FakeGenerator(),
    ways: [InstanceGenerator] = [.blended], batchSize: Int = 1, shard: Shard? = nil,
    interruption: Interruption = Interruption(),
    progress: @escaping (AugmentationProgress) -> Void = { _ in }
  ) throws -> AugmentationRun.Outcome {
    try run(
      into: output, batchSize: batchSize, shard: shard, interruption: interruption,
      recipe: InstanceRepainting(self, generator: generator, ways: ways, batchSize: batchSize),
      progress: progress)
  }
}
