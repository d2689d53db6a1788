import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct CVATLayoutTests {
  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private func write(_ shapes: String..., image: String = #"name="a.jpg" width="4" height="3""#)
    throws
  {
    try files.photograph("images/a.jpg")
    try files.write(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!-- two labels -->
      <annotations>
      <meta><project><labels>
      <label><name>dog</name><color>#102030</color></label><label><name>white &amp; cat</name></label>
      <label><name>background</name></label></labels></project></meta>
      <image id="0" \(image)>
      \(shapes.joined(separator: "\n"))
      </image>
      </annotations>
      """, "annotations.xml")
  }

  private static func polygon(_ points: String, _ label: String = "dog", more: String = "")
    -> String
  {
    #"<polygon label="\#(label)" points="\#(points)" \#(more)></polygon>"#
  }

  private static let whole = #"<box label="dog" xtl="0" ytl="0" xbr="4" ybr="3"/>"#

  @Test func depthComesBeforeTheOrderAndGroupsAreOneObject() throws {
    try write(
      Self.polygon("0,0;1,0;1,3;0,3", "white &amp; cat", more: #"z_order="1" group_id="3""#),
      Self.polygon("3.0,0;4,0;4,3;3,3", "white &amp; cat", more: #"group_id="3" z_order="2""#),
      #"<tag label="dog"/>"#, Self.whole,
      #"<mask label="background" rle="1, 1" left="1" top="2" width="2" height="1" z_order="0"> </mask>"#
    )
    let dataset = try files.open()
    #expect(dataset.layout.name == "cvat")
    #expect(dataset.classes.names == [1: "dog", 2: "white & cat"])
    #expect(dataset.classes.palette[1] == RGB(16, 32, 48))
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 0, 2])
    #expect(loaded.instances?.ids == [1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 0, 1])
  }

  @Test func boxesMayBeTurnedAndEllipsesAreDrawn() throws {
    try write(#"<box label="dog" xtl="0" ytl="1" xbr="3" ybr="2" rotation="90"/>"#)
    var dataset = try files.open()
    #expect(try dataset.load(dataset.entries[0]).mask.ids == [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
    try write(#"<ellipse label="dog" cx="2" cy="1.5" rx="1.9" ry="0.4"/>"#)
    dataset = try files.open()
    #expect(try dataset.load(dataset.entries[0]).mask.ids[4..<8].contains(1))
    #expect(try dataset.load(dataset.entries[0]).mask.ids[0..<4].allSatisfy { $0 == 0 })
  }

  @Test(arguments: [
    (#"subset="Train""#, "images/Train", "train"), (#"subset="Validation""#, "images", "val"),
    ("", "", "train"), (#"subset="other""#, "other", "other"),
  ]) func subsetsAreSplits(subset: String, folder: String, split: String) throws {
    try write(Self.whole, image: #"name="a.jpg" width="4" height="3" \#(subset)"#)
    try files.remove("images")
    try files.photograph(folder.isEmpty ? "a.jpg" : "\(folder)/a.jpg")
    #expect(try files.open(split).scan().classes == ["a": [1]])
    #expect(files.message("none").contains("There are: \(split)"), "\(files.message("none"))")
  }

  @Test func filesMayBeNamedAfterTheirSubsets() throws {
    try write(Self.whole)
    try files.write(
      String(contentsOf: files.root.appending(path: "annotations.xml"), encoding: .utf8), "val.xml")
    try files.remove("annotations.xml")
    try files.write("<other/>", "other.xml")
    let dataset = try files.open("val")
    #expect(dataset.layout.name == "cvat")
    #expect(try dataset.layout.splits(in: dataset.root) == ["val"])
    #expect(try dataset.scan().classes == ["a": [1]])
  }

  @Test(arguments: [
    (polygon("0,0;1,1"), "line 8, image 'a.jpg': this is no polygon on an image of 4×3"),
    (polygon("0,0;1,1;a,b"), "this is no polygon"), (polygon("0;1;2,2"), "this is no polygon"),
    (polygon("0,0;1,1;1,2", "bird"), "the list of classes has no label 'bird'"),
    (#"<box label="dog" xtl="0"/>"#, "this is no box"),
    (#"<box label="dog" xtl="0" ytl="0" xbr="4" ybr="3" rotation="left"/>"#, "this is no box"),
    (#"<ellipse label="dog" cx="1" cy="1" rx="0" ry="0"/>"#, "this is no ellipse"),
    (#"<mask label="dog" rle="0, 3" left="0" top="0" width="2" height="2"/>"#, "this is no mask"),
    (#"<mask label="dog" rle="0, 9" left="0" top="0" width="2" height="2"/>"#, "this is no mask"),
    (#"<mask label="dog" rle="4" left="3" top="0" width="2" height="2"/>"#, "this is no mask"),
    (#"<polyline label="dog" points="0,0;1,1"/>"#, "a polyline covers no pixels"),
    (#"<skeleton label="dog"/>"#, "a skeleton covers no pixels"),
    (#"<cuboid label="dog"/>"#, "a cuboid covers no pixels"),
  ]) func whatIsNoShapeIsNamedWithItsLine(shape: String, found: String) throws {
    try write(shape)
    #expect(files.message().contains("annotations.xml, line 8"))
    #expect(files.message().contains(found), "\(files.message())")
  }

  @Test(arguments: [
    ("<annotations>", "line 1: this is no XML: the element 'annotations' of line 1 does not end"),
    ("", "there is no element"), ("dogs", "there is no element"),
    ("<annotations>\n</annotation>", "line 2: this is no XML"),
    ("<!DOCTYPE x []><annotations/>", "document types are not read"),
    ("<annotations a=1/>", "the attribute 'a' has no value in quotes"),
    ("<annotations a='1' a='2'/>", "has the attribute 'a' twice"),
    ("<annotations a='1", "the file ends before"), ("<annotations a", "is broken"),
    ("<annotations>&dog;</annotations>", "is no character of XML"),
    ("<annotations>&#x110000;</annotations>", "is no character of XML"),
    (String(repeating: "<a>", count: 70), "too deep"), ("< a/>", "followed by no name"),
    ("<dogs/>", "this is 'dogs', not 'annotations'"),
    ("<annotations>\n<track/></annotations>", "line 2: these are annotations of a video"),
    ("<annotations><image name='a'/></annotations>", "an image has no name, or no width"),
    ("<annotations/>", "there is no label besides the background"),
  ]) func whatIsNoFileIsNamedWithItsLine(text: String, found: String) throws {
    try files.write(text, "annotations.xml")
    #expect(files.message().contains(found), "\(files.message())")
    try files.write(Data(text.utf8) + [0xff], "annotations.xml")
    #expect(files.message().contains("not UTF-8"), "\(files.message())")
  }

  @Test func missingPhotographsAndDoubleNamesAreNamed() throws {
    try write(Self.whole, image: #"name="b.jpg" width="4" height="3""#)
    #expect(files.message().contains("line 7, image 'b.jpg': there is no such photograph"))
    try write(Self.whole, image: #"name="../a.jpg" width="4" height="3""#)
    #expect(files.message().contains("there is no such photograph"))
    try write(Self.whole, image: #"name="a.jpg" width="60000" height="60000""#)
    #expect(
      files.message().contains("the file has 60000×60000 pixels, its photograph 4×3"),
      "\(files.message())")
    try write(
      Self.whole, "</image>", #"<image name="images/a.png" width="4" height="3">"#)
    #expect(files.message().contains("another image has this name"), "\(files.message())")
  }
}
