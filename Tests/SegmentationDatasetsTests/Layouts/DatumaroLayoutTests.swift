import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct DatumaroLayoutTests {
  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private func write(
    _ annotations: String..., to path: String = "annotations/default.json",
    labels: String = #"{"name": "dog"}, {"name": "cat"}"#,
    item: String = #""id": "a", "image": {"path": "a.jpg", "size": [3, 4]}"#
  ) throws {
    try files.photograph("images/default/a.jpg")
    try files.write(
      """
      {"info": {}, "categories": {"label": {"labels": [\(labels)]},
        "mask": {"colormap": [{"label_id": 0, "r": 16, "g": 32, "b": 48}]}},
       "items": [{\(item), "annotations": [\(annotations.joined(separator: ","))]}]}
      """, path)
  }

  private static func shape(_ type: String, _ text: String, label: Int = 0, more: String = "")
    -> String
  {
    #"{"id": 0, "type": "\#(type)", "label_id": \#(label), \#(text)\#(more)}"#
  }

  private static let whole = shape("bbox", #""bbox": [0, 0, 4, 3]"#)

  @Test func depthComesBeforeTheOrderAndGroupsAreOneObject() throws {
    try write(
      Self.shape(
        "polygon", #""points": [0, 0, 1, 0, 1, 3, 0, 3]"#, label: 1,
        more: #", "z_order": 1, "group": 5"#),
      Self.shape(
        "mask", #""rle": {"counts": [9, 3], "size": [3, 4]}"#, label: 1,
        more: #", "z_order": 1, "group": 5"#),
      Self.shape("bbox", #""bbox": [0, 0, 4, 3]"#, label: 1, more: #", "z_order": 9, "group": 5"#),
      #"{"type": "label", "label_id": 1}"#, Self.whole)
    let dataset = try files.open()
    #expect(dataset.layout.name == "datumaro" && dataset.classes.names == [1: "dog", 2: "cat"])
    #expect(dataset.classes.palette[1] == RGB(16, 32, 48))
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2])
    #expect(loaded.instances?.ids == [1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1])
    #expect(try dataset.layout.splits(in: dataset.root) == ["train"])
  }

  @Test func aBackgroundAmongTheLabelsIsNone() throws {
    try write(
      Self.whole, Self.shape("bbox", #""bbox": [0, 0, 1, 3]"#, label: 1),
      labels: #"{"name": "background"}, {"name": "dog"}"#)
    let dataset = try files.open()
    #expect(dataset.classes.names == [1: "dog"] && dataset.classes.background == 0)
    #expect(try dataset.scan().classes == ["a": [1]])
    #expect(try dataset.load(dataset.entries[0]).instances?.classes == [0, 1])
  }

  @Test(arguments: [
    ("annotations/train.json", "images/train/a.jpg", "train"),
    ("annotations/Validation.json", "images/a.jpg", "val"),
    ("annotations/odd_one.json", "images/odd_one/a.jpg", "odd_one"),
  ]) func subsetsAreSplits(file: String, image: String, split: String) throws {
    try write(Self.whole, to: file, item: #""id": "a", "media": {"path": "a.jpg"}"#)
    try files.remove("images")
    try files.photograph(image)
    #expect(try files.open(split).scan().classes == ["a": [1]])
    #expect(files.message("none").contains("There are: \(split)"))
  }

  @Test(arguments: [
    (
      shape("polygon", #""points": [0, 0, 1, 1]"#),
      "annotation 1: this is no polygon on an image of 4×3"
    ),
    (shape("polygon", #""points": [0, 0, 1, 1, 2, 2, 3]"#), "this is no polygon"),
    (shape("mask", #""rle": {"counts": [9, 2], "size": [3, 4]}"#), "this is no mask"),
    (shape("mask", #""rle": {"counts": [12], "size": [4, 3]}"#), "this is no mask"),
    (shape("mask", #""rle": {"counts": "~", "size": [3, 4]}"#), "this is no mask"),
    (shape("bbox", #""bbox": [0, 0, 4]"#), "this is no bbox"),
    (shape("ellipse", #""points": [0, 0, 0, 0]"#), "this is no ellipse"),
    (shape("bbox", #""bbox": [0, 0, 4, 3]"#, label: 7), "there is no label 7"),
    (shape("polyline", #""points": [0, 0, 1, 1]"#), "the type 'polyline' covers no pixels"),
    (shape("cuboid_3d", #""position": [0, 0, 1, 1]"#), "the type 'cuboid_3d' covers no pixels"),
    (#"{"label_id": 0}"#, "this is no file of Datumaro's annotations ('items.Index 0"),
  ]) func whatIsNoShapeIsNamed(annotation: String, found: String) throws {
    try write(annotation)
    #expect(files.message().contains("default.json"))
    #expect(files.message().contains(found), "\(files.message())")
  }

  @Test func missingPhotographsAndOtherLabelsAreNamed() throws {
    try write(Self.whole, item: #""id": "b", "image": {"path": "", "size": [3, 4]}"#)
    #expect(files.message().contains("item 'b': there is no such photograph"))
    try write(Self.whole, item: #""id": "../a", "image": {"path": "../a.jpg", "size": [3, 4]}"#)
    #expect(files.message().contains("there is no such photograph"))
    try write(Self.whole, item: #""id": "a", "image": {"path": "a.jpg", "size": [3]}"#)
    #expect(files.message().contains("its size is [3]"))
    try write(Self.whole, labels: #"{"name": "dog"}, {"name": "dog"}"#)
    #expect(files.message().contains("the label 'dog' is there twice"))
    try write(Self.whole)
    try write(Self.whole, to: "annotations/test.json", labels: #"{"name": "dog"}"#)
    #expect(files.message().contains("this file has other labels than"))
  }

  /// Their files may have the same name.
  @Test func filesOfCOCOsAreAnotherThing() throws {
    try files.photograph("train/a.jpg")
    try files.write(
      """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 4, "height": 3}], "annotations": [],
       "categories": [{"id": 1, "name": "dog"}]}
      """, "annotations/train.json")
    #expect(try files.open().layout.name == "coco")
  }
}
