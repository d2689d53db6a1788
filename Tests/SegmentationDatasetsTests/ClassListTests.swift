import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ClassListTests {
  private func read(_ text: String) throws -> ClassList {
    let folder = try TemporaryFolder()
    return try ClassList(contentsOf: folder.write(text, "classes"))
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
    ("0 road\n", "line 1 gives id 0 to 'road', but 0 is the background"),
    ("300 road\n", "line 1 has the id 300, but ids are 0…255"),
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

  @Test func aMissingFileIsNamed() throws {
    let error = #expect(throws: DatasetError.self) {
      try ClassList(contentsOf: URL(filePath: "/none/classes.txt"))
    }
    #expect(
      error?.description == "/none/classes.txt: the list of classes cannot be read. Check the path."
    )
  }
}
