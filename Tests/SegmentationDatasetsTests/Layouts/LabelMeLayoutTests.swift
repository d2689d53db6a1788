import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct LabelMeLayoutTests {
  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private func write(_ shapes: String..., to path: String = "train/a.json", image: String = "a.jpg")
    throws
  {
    try files.photograph("train/a.jpg")
    try files.write(
      """
      {"version": "5.4.1", "flags": {}, "shapes": [\(shapes.joined(separator: ","))], "imagePath": "\(image)",
       "imageData": null, "imageHeight": 3, "imageWidth": 4}
      """, path)
  }

  private static func shape(
    _ points: String, _ label: String = "dog", type: String = "polygon", more: String = ""
  ) -> String {
    #"{"label": "\#(label)", "shape_type": "\#(type)", "points": \#(points)\#(more)}"#
  }

  private static let left = "[[0, 0], [2, 0], [2, 3], [0, 3]]"

  @Test func laterShapesAreInFrontAndGroupsAreOneObject() throws {
    try write(
      Self.shape("[[0, 0], [4, 3]]", "cat", type: "rectangle"),
      Self.shape("[[0, 0], [1, 0], [1, 3], [0, 3]]", more: #", "group_id": 4"#),
      Self.shape("[[3, 0], [4, 0], [4, 3], [3, 3]]", more: #", "group_id": 4"#),
      Self.shape("[[2, 2], [4, 2], [4, 3], [2, 3]]", "__ignore__"),
      Self.shape("[[0, 2], [1, 2], [1, 3], [0, 3]]", "_background_"))
    let dataset = try files.open()
    #expect(dataset.layout.name == "labelme" && dataset.classes.names == [1: "cat", 2: "dog"])
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [2, 1, 1, 2, 2, 1, 1, 2, 0, 1, 255, 255])
    #expect(loaded.instances?.ids == [2, 1, 1, 2, 2, 1, 1, 2, 0, 1, 255, 255])
    #expect(try dataset.scan().problems.isEmpty)
  }

  @Test func circlesAndMasksAreDrawn() throws {
    let mask = Image(width: 2, height: 2, channels: 1, pixels: [1, 0, 1, 1])
    let png = try mask.pngData().base64EncodedString()
    try write(
      Self.shape("[[1, 0], [2, 1]]", "cat", type: "mask", more: #", "mask": "\#(png)""#))
    var dataset = try files.open()
    #expect(try dataset.load(dataset.entries[0]).mask.ids == [0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])
    try write(Self.shape("[[2, 1.5], [2, 0.2]]", type: "circle"))
    dataset = try files.open()
    #expect(try dataset.load(dataset.entries[0]).mask.ids == [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0])
  }

  @Test func aFolderWithoutFoldersIsTheSplitTrain() throws {
    try files.photograph("a.jpg")
    try write(Self.shape(Self.left), to: "a.json")
    let dataset = try files.open()
    #expect(dataset.layout.name == "labelme")
    #expect(try dataset.layout.splits(in: dataset.root) == ["train"])
    #expect(try dataset.scan().classes == ["a": [1]])
  }

  @Test func photographsMayBeElsewhereInTheDataset() throws {
    try write(Self.shape(Self.left), to: "json/b.json", image: #"..\\train\\a.jpg"#)
    let dataset = try files.open("json")
    #expect(dataset.entries.map(\.image.lastPathComponent) == ["a.jpg"])
    try write(Self.shape(Self.left), to: "json/b.json", image: "../../a.jpg")
    #expect(files.message("json").contains("b.json: there is no photograph '../../a.jpg'"))
  }

  @Test func aListInTheFolderGivesTheIDs() throws {
    try write(Self.shape(Self.left), Self.shape(Self.left, "cat"))
    try files.write("__ignore__\n_background_\ndog\ncat\n", "classes.txt")
    #expect(try files.open().scan().classes == ["a": [2]])
    try files.write("__ignore__\n_background_\ndog\n", "classes.txt")
    #expect(
      files.message().contains("a.json, shape 2 ('cat'): the list of classes has no such label"),
      "\(files.message())")
  }

  @Test(arguments: [
    (shape("[[0, 0], [2, 0]]"), "shape 1 ('dog'): this is no polygon on an image of 4×3"),
    (shape("[[0, 0], [1e9, 0], [1, 1]]"), "this is no polygon"),
    (shape("[[0, 0], [1], [1, 1]]"), "a point has not two numbers"),
    (shape("[[0, 0], [2, 2], [3, 3]]", type: "rectangle"), "this is no rectangle"),
    (shape("[[0, 0]]", type: "circle"), "this is no circle"),
    (shape("[[0, 0], [0, 0]]", type: "circle"), "this is no circle"),
    (shape("[[0, 0], [1, 1]]", type: "mask"), "this is no mask"),
    (shape("[[0, 0], [1, 1]]", type: "mask", more: #", "mask": "!""#), "this is no mask"),
    (shape("[[0, 0], [3, 2]]", type: "line"), "a shape of the type 'line' covers no pixels"),
    (shape("[[0, 0]]", type: "point"), "a shape of the type 'point' covers no pixels"),
  ]) func whatIsNoShapeIsNamed(shape: String, found: String) throws {
    try write(shape)
    #expect(files.message().contains("a.json"))
    #expect(files.message().contains(found), "\(files.message())")
  }

  @Test func brokenFilesAndMissingPhotographsAreNamed() throws {
    try write(Self.shape(Self.left))
    try files.write("{", "train/b.json")
    #expect(files.message().contains("b.json: this is no file of labelme"), "\(files.message())")
    try files.write(#"{"shapes": [{"label": "dog"}], "imagePath": "a.jpg"}"#, "train/b.json")
    #expect(files.message().contains("'shapes.Index 0.points' is missing"), "\(files.message())")
    try files.remove("train/b.json")
    try write(Self.shape(Self.left), image: "c.jpg")
    #expect(files.message().contains("there is no photograph 'c.jpg'"))
    try files.write(Image(width: 5, height: 3, channels: 3, fill: 1).jpegData(), "train/c.jpg")
    #expect(files.message().contains("the mask has 4×3 pixels, its photograph 5×3"))
  }
}
