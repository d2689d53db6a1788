import Checkpoints
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

/// Annotations with damage anywhere end in an error that says so, or in labels, never in a trap.
@Suite struct DamagedAnnotationsTests {
  private static let files = [
    "yolo": "labels/train/a.txt", "labelme": "train/a.json", "cvat": "train/annotations.xml",
    "datumaro": "annotations/train.json", "coco": "annotations/instances_train.json",
    "coco-panoptic": "annotations/panoptic_train.json",
  ]
  private static let tokens = [
    "-1", "0", "1e999", "99999999999999999999", "65536", "null", "{}", "[]", "\"", "<", "&", "/>",
    ",",
    "NaN", "\u{FFFD}", "[[[[[[[[", "true", "id", "../",
  ]

  private func write(_ layout: any DatasetLayout, in files: LayoutFolder) throws {
    let image = layout.imagePath(of: "a", in: "train", pathExtension: "jpg")
    try files.photograph(image)
    let mask = layout.maskPath(of: "a", in: "train")
    try files.mask(mask, [1, 1, 2, 0, 1])
    let objects = try #require(layout.instancesPath(of: "a", in: "train"))
    try files.mask(objects, [1, 2, 0])
    let entry = SegmentationDataset.Entry(
      stem: "a", image: files.root.appending(path: image), mask: files.root.appending(path: mask),
      instances: files.root.appending(path: objects))
    try layout.index(
      [entry], as: "train", classes: ClassList(names: [1: "dog", 2: "cat"]), in: files.root
    ) {
      try files.write($0, $1)
    }
    for path in [mask, objects] { try files.remove(path) }
    try files.remove("classes.json")
  }

  private func damaged(_ data: Data, _ random: inout SplitMix64) -> Data {
    var bytes = [UInt8](data)
    for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3:
        bytes.replaceSubrange(
          place..<end, with: Self.tokens.randomElement(using: &random)?.utf8 ?? "".utf8)
      default:
        bytes.insert(
          contentsOf: Self.tokens.randomElement(using: &random)?.utf8 ?? "".utf8, at: place)
      }
    }
    return Data(bytes)
  }

  @Test(arguments: files.keys.sorted()) func damageIsSaid(name: String) throws {
    let files = try LayoutFolder()
    let layout = try #require(DatasetLayouts.named(name))
    try write(layout, in: files)
    let path = try #require(Self.files[name])
    let data = try Data(contentsOf: files.root.appending(path: path))
    var random = SplitMix64(seed: 7)
    var refused = 0
    for _ in 0..<400 {
      try files.write(damaged(data, &random), path)
      do {
        let dataset = try SegmentationDataset(root: files.root, split: "train", layout: layout)
        _ = try dataset.scan().settle(skippingInvalid: false)
      } catch {
        refused += 1
        let fault = try #require(error as? any Fault, "\(error)")
        #expect("\(fault)".contains(files.root.path), "\(fault)")
      }
    }
    #expect((50...400).contains(refused), "\(refused)")
  }
}
