import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport

/// The same small dataset in any layout: two photographs of 40 × 30 pixels, each with two things of one class.
struct LayoutDataset {
  static let stems = ["ulm_000001_000019", "ulm_000002_000019"]
  let folder: TemporaryFolder
  var root: URL { folder.appending("data set") }

  /// - Parameter name: The layout's name, with its variant in brackets.
  init(_ name: String) throws {
    folder = try TemporaryFolder()
    switch name {
    case "coco": try coco()
    case "yolo": try yolo()
    case "labelme": try labelme()
    case "cvat": try cvat()
    case "datumaro": try datumaro()
    case "imagefolder":
      try pairs("train/*.jpg", "train/masks/*.png", "train/instances/*.png")
      try folder.write("7 car\n8 tree\n", "data set/classes.txt")
      let lines = Self.stems.map {
        """
        {"file_name": "\($0).jpg", "mask": "masks/\($0).png", "instances": "instances/\($0).png"}
        """
      }
      try folder.write(lines.joined(separator: "\n"), "data set/train/metadata.jsonl")
    case "coco-panoptic": try panoptic()
    case "voc": try pairs("JPEGImages/*.jpg", "SegmentationClass/*.png", "SegmentationObject/*.png")
    case "cityscapes":
      try pairs(
        "leftImg8bit/train/ulm/*_leftImg8bit.png", "gtFine/train/ulm/*_gtFine_labelTrainIds.png",
        "gtFine/train/ulm/*_gtFine_instanceIds.png")
    case "ade20k": try pairs("images/training/*.jpg", "annotations/training/*.png")
    case "bdd100k": try pairs("images/10k/train/*.jpg", "labels/sem_seg/masks/train/*.png")
    case "coco-stuff": try pairs("images/train2017/*.jpg", "stuffthingmaps/train2017/*.png")
    default:
      try pairs("img_dir/train/*.jpg", "ann_dir/train/*.png")
      try folder.write("7 car\n8 tree\n", "data set/classes.txt")
    }
    if name == "voc" {
      let list = Self.stems.map { $0 + "\n" }.joined()
      try folder.write(list, "data set/ImageSets/Segmentation/train.txt")
    }
  }

  /// The id of both things, and of what is around them.
  private static func ids(_ path: String) -> (thing: UInt8, ground: UInt8) {
    if path.hasPrefix("gtFine") || path.hasPrefix("labels/") || path.hasPrefix("stuff") {
      return (13, 2)
    }
    return path.hasPrefix("annotations/training") ? (21, 3) : (7, 0)
  }

  private static func isThing(_ x: Int, _ y: Int) -> Int? {
    guard (5..<25).contains(y) else { return nil }
    return (4..<14).contains(x) ? 1 : (20..<34).contains(x) ? 2 : nil
  }

  private func photograph(_ index: Int) -> Image {
    var image = Image(width: 40, height: 30, channels: 3, fill: 20)
    for y in 0..<30 {
      for x in 0..<40 {
        let value = UInt8((Self.isThing(x, y) == nil ? 10 : 120) + x + 20 * index)
        for channel in 0..<3 { image.pixels[3 * (40 * y + x) + channel] = value }
      }
    }
    return image
  }

  private func labels(_ id: (Int?) -> UInt8) -> LabelImage {
    let ids = (0..<1200).map { id(Self.isThing($0 % 40, $0 / 40)) }
    return LabelImage(width: 40, height: 30, ids: ids)
  }

  private func pairs(_ image: String, _ mask: String, _ instances: String? = nil) throws {
    for (index, stem) in Self.stems.enumerated() {
      let path = image.replacing("*", with: stem)
      let data =
        try path.hasSuffix("png") ? photograph(index).pngData() : photograph(index).jpegData()
      try folder.write(data, "data set/" + path)
      let (thing, ground) = Self.ids(mask)
      try folder.write(
        labels { $0 == nil ? ground : thing }.pngData(),
        "data set/" + mask.replacing("*", with: stem))
      guard let instances else { continue }
      let isWide = instances.hasPrefix("gtFine")
      let numbers = NumberImage(
        width: 40, height: 30,
        numbers: labels { UInt8($0 ?? 0) }.ids.map { $0 == 0 ? 11 : 26000 + UInt32($0) })
      try folder.write(
        isWide ? numbers.pngData() : labels { UInt8($0 ?? 0) }.pngData(),
        "data set/" + instances.replacing("*", with: stem))
    }
  }

  private func annotate(_ file: String, _ annotations: (_ id: Int, _ stem: String) -> String) throws
  {
    for (index, stem) in Self.stems.enumerated() {
      try folder.write(photograph(index).jpegData(), "data set/train2017/\(stem).jpg")
    }
    let images = Self.stems.enumerated().map {
      #"{"id": \#($0), "file_name": "\#($1).jpg", "width": 40, "height": 30}"#
    }
    let list = Self.stems.enumerated().map { annotations($0, $1) }
    try folder.write(
      """
      {"images": [\(images.joined(separator: ","))], "annotations": [\(list.joined(separator: ","))],
       "categories": [{"id": 7, "name": "car", "isthing": 1}, {"id": 8, "name": "tree", "isthing": 0}]}
      """, "data set/annotations/\(file)_train2017.json")
  }

  private func coco() throws {
    try annotate("instances") { id, _ in
      [(4, 14), (20, 34)].map { left, right in
        """
        {"id": \(100 * id + left), "image_id": \(id), "category_id": 7, "iscrowd": 0,
         "segmentation": [[\(left), 5, \(right), 5, \(right), 25, \(left), 25]]}
        """
      }.joined(separator: ",")
    }
  }

  private func yolo() throws {
    try folder.write("names:\n  0: car\n", "data set/data.yaml")
    for (index, stem) in Self.stems.enumerated() {
      try folder.write(photograph(index).jpegData(), "data set/images/train/\(stem).jpg")
      let lines = [(4, 14), (20, 34)].map { left, right in
        let (left, right) = (Double(left) / 40, Double(right) / 40)
        let (top, bottom) = (5.0 / 30, 25.0 / 30)
        return "0 \(left) \(top) \(right) \(top) \(right) \(bottom) \(left) \(bottom)\n"
      }
      try folder.write(lines.joined(), "data set/labels/train/\(stem).txt")
    }
  }

  private func photographs(_ folder: String) throws {
    for (index, stem) in Self.stems.enumerated() {
      try self.folder.write(photograph(index).jpegData(), "data set/\(folder)/\(stem).jpg")
    }
  }

  private func labelme() throws {
    try photographs("train")
    for stem in Self.stems {
      try folder.write(
        """
        {"version": "5.4.1", "flags": {}, "imageData": null, "imagePath": "\(stem).jpg", "shapes": [
          {"label": "car", "shape_type": "rectangle", "points": [[4, 5], [14, 25]], "group_id": null},
          {"label": "car", "points": [[20, 5], [34, 5.0], [34, 25], [20, 25]]}
        ], "imageHeight": 30, "imageWidth": 40}
        """, "data set/train/\(stem).json")
    }
  }

  private func cvat() throws {
    try photographs("train/images")
    let images = Self.stems.enumerated().map { index, stem in
      """
      <image id="\(index)" name="\(stem).jpg" width="40" height="30">
        <box label="car" xtl="4.0" ytl="5.0" xbr="14.0" ybr="25.0" z_order="0"/>
        <polygon label="car" points="20,5;34,5;34,25;20.0,25.0" z_order="0"></polygon>
      </image>
      """
    }
    try folder.write(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <annotations><version>1.1</version><meta><task><labels>
        <label><name>car</name><color>#0a0b0c</color></label><label><name>tree</name></label>
      </labels></task></meta>
      \(images.joined())
      </annotations>
      """, "data set/train/annotations.xml")
  }

  private func datumaro() throws {
    try photographs("images/train")
    let items = Self.stems.map {
      """
      {"id": "\($0)", "image": {"path": "\($0).jpg", "size": [30, 40]}, "annotations": [
        {"id": 0, "type": "bbox", "label_id": 0, "bbox": [4, 5, 10, 20], "group": 0},
        {"id": 1, "type": "polygon", "label_id": 0, "points": [20, 5, 34, 5, 34, 25, 20, 25]}]}
      """
    }
    try folder.write(
      """
      {"info": {}, "categories": {"label": {"labels": [{"name": "car", "parent": ""}, {"name": "tree"}]}},
       "items": [\(items.joined(separator: ","))]}
      """, "data set/annotations/train.json")
  }

  private func panoptic() throws {
    let numbers: [UInt32] = [8, 70001, 70002]
    for stem in Self.stems {
      let pixels = labels { UInt8($0 ?? 0) }.ids.map { RGB(number: numbers[Int($0)]) }
      try folder.write(
        Image(
          width: 40, height: 30, channels: 3,
          pixels: pixels.flatMap { [$0.red, $0.green, $0.blue] }
        ).pngData(), "data set/annotations/panoptic_train2017/\(stem).png")
    }
    try annotate("panoptic") { id, stem in
      """
      {"image_id": \(id), "file_name": "\(stem).png", "segments_info": [{"id": 8, "category_id": 8},
       {"id": 70001, "category_id": 7}, {"id": 70002, "category_id": 7}]}
      """
    }
  }

  func open() throws -> SegmentationDataset {
    try SegmentationDataset(root: root, split: "train", classes: Self.classes(root))
  }

  /// VOC's are its own here too.
  private static func classes(_ root: URL) throws -> ClassList? { try ClassList.beside(root) }
}

extension SegmentationDataset {
  /// Every image's classes and objects by its stem, whatever the layout.
  func contents() throws -> [String: [[UInt8]]] {
    _ = try scan().settle(skippingInvalid: false)
    return Dictionary(
      uniqueKeysWithValues: try entries.map {
        let loaded = try load($0)
        return ($0.stem, [loaded.mask.ids, loaded.instances?.ids ?? []])
      })
  }
}
