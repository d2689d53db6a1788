import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ClassListTests {
  private func read(_ text: String, firstID: Int? = nil) throws -> ClassList {
    let folder = try TemporaryFolder()
    return try ClassList(contentsOf: folder.write(text, "classes"), firstID: firstID)
  }

  @Test func vocsNamesAreSpelledAsInVOCAndItsWordsApart() {
    #expect(ClassList.voc.ids == Array(1...20))
    #expect(ClassList.voc.name(of: 1) == "aeroplane" && ClassList.voc.name(of: 15) == "person")
    #expect(ClassList.voc.name(of: 0) == "background" && ClassList.voc.name(of: 255) == "border")
    #expect(ClassList.voc.name(of: 11) == "diningtable")
    let apart = ClassList.voc.ids.map(ClassList.voc.words(for:)).filter { $0.contains(" ") }
    #expect(apart == ["dining table", "potted plant", "tv monitor"])
  }

  @Test(arguments: [
    "background\nroad\ntraffic_light\n",
    "road\ntraffic_light\n",
    "\u{FEFF}# two classes\r\n\r\n_background_\r\nroad\r\ntraffic_light\r\n",
    "0 background\n1 road\n2\ttraffic_light\n255 void\n",
    "2 traffic_light\n1 road",
    #"["background", "road", "traffic_light"]"#,
    #" {"1": "road", "2": "traffic_light", "0": "background"}"#,
    "id,name\n0,background\n1,road\n2,traffic_light\n",
    "__ignore__\n_background_\nroad\ntraffic_light\n",
    "void\nroad\ntraffic_light\n",
    "# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad:128,64,128::\ntraffic_light:1,2,3::",
  ])
  func everyFormGivesTheSameClasses(text: String) throws {
    let classes = try read(text)
    #expect(classes.names == [1: "road", 2: "traffic_light"])
    #expect(classes.words(for: 2) == "traffic light")
    #expect(classes.palette.count == 256)
    let colour = text.contains("::") ? RGB(128, 64, 128) : Palette.voc[1]
    #expect(classes.palette[1] == colour && classes.palette[3] == Palette.voc[3])
  }

  @Test(arguments: [
    ("", "there is no name in the file"),
    ("background\n", "there is no class besides the background"),
    ("road\nsky\n\nroad\n", "line 4 repeats the name 'road'"),
    ("1 road\n\n1 sky\n", "line 3 gives the id 1, which is 'road' already, again"),
    ("1 road\nsky\n", "line 2 has another form"),
    ("1 road\n2 background\n", "line 2 gives the background the id 2, but that is 0"),
    ("name,r,g,b\nroad,128,64,128\n", "line 1, 'name,r,g,b', is the heading of a table"),
    ("label,color\nroad,#804080\n", "line 1, 'label,color', is the heading of a table"),
    ("# list\nlabel\nroad\n", "line 2, 'label', is the heading of a table"),
    ("class id\n", "line 1, 'class id', is the heading of a table"),
    ("road,128,64,128\n", "line 1, 'road,128,64,128', is the row of a table"),
    ("0,road,128,64,128\n", "line 1, '0,road,128,64,128', is the row of a table"),
    ("300 road\n", "line 1 has the id 300, but ids are 0…255"),
    ((1...255).map { "n\($0)\n" }.joined(), "line 255 would have the id 255, which is no class"),
    ("road:1,2::\n", "line 1 has the colour '1,2' instead of r,g,b"),
    (":1,2,3::\n", "line 1 has no name"),
    ("[1, 2]", "neither a JSON list of names nor an object"),
    (#"{"road": "1"}"#, #"the key "road" is not an id"#),
  ])
  func whatIsWrongIsSaidWithItsLine(text: String, found: String) throws {
    let error = #expect(throws: DatasetError.self) { try read(text) }
    let description = try #require(error?.description)
    #expect(description.contains(found), "\(description)")
    #expect(description.hasSuffix("or JSON; each class once."))
  }

  /// Whatever says so, id 0 may be a class, and then there is no background.
  @Test(
    arguments: [
      ("0 road\n1 traffic_light\n255 void\n", nil), ("road\ntraffic_light\n", 0),
      (#"{"0": "road", "1": "traffic_light"}"#, nil), (#"["road", "traffic_light"]"#, 0),
    ] as [(String, Int?)])
  func idZeroMayBeAClass(text: String, firstID: Int?) throws {
    let classes = try read(text, firstID: firstID)
    #expect(classes.names == [0: "road", 1: "traffic_light"] && classes.ids == [0, 1])
    #expect(classes.background == nil && classes.ignored == [255])
    #expect(classes.name(of: 0) == "road" && classes.words(for: 0) == "road")
  }

  @Test func anyNumberOfIDsMayBeIgnored() throws {
    let classes = try read("0 road\n1 ignored\n7 sky\n200 __ignore__\n254 void\n")
    #expect(classes.names == [0: "road", 7: "sky"])
    #expect(classes.background == nil && classes.ignored == [1, 200, 254, 255])
    #expect(classes.name(of: 254) == "border" && classes.encoding.isLabel(7))
  }

  @Test func withoutABackgroundIDsCountFromZero() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("road\nsky\n", "classes")
    let none = LabelEncoding(background: nil, ignored: [9])
    let classes = try ClassList(contentsOf: file, encoding: none)
    #expect(classes.names == [0: "road", 1: "sky"] && classes.encoding == none)
  }

  @Test func theUserMaySayThatIDsBeginAt1() throws {
    let classes = try read("road\ntraffic_light\n", firstID: 1)
    #expect(classes.names == [1: "road", 2: "traffic_light"] && classes.background == 0)
  }

  @Test(arguments: ["background\nroad\n", "1 road\n"])
  func aListThatSaysItsIDsIsNotContradicted(text: String) {
    let error = #expect(throws: DatasetError.self) { try read(text, firstID: 1) }
    #expect(error?.description.contains("says itself where its ids begin") == true)
    #expect(error?.remedies == [Remedy(.firstClassID)])
  }

  @Test func aNameMayHaveCommasAndNumbers() throws {
    #expect(try read("door, double\nclass 1\n").names == [1: "door, double", 2: "class 1"])
  }

  @Test func aMissingFileIsNamed() throws {
    let error = #expect(throws: DatasetError.self) {
      try ClassList(contentsOf: URL(filePath: "/none/classes.txt"))
    }
    #expect(
      error?.description
        == "/none/classes.txt: the list of classes cannot be read (No such file or directory). "
        + "Check the path."
    )
  }
}
