import Augmentation
import Foundation
import TestSupport
import Testing

@Suite struct CaptionsTests {
  private func captions(_ text: String) throws -> Captions {
    try Captions(decoding: Data(text.utf8), name: "captions.jsonl")
  }

  private func message(_ text: String) -> String {
    do {
      _ = try captions(text)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func readsJSONLines() throws {
    let captions = try captions(
      """
      \u{FEFF}{"image": "2007_000032", "caption": "a plane"}\r
      {"file_name": "JPEGImages/weiß & süß.JPG", "caption": "  Straße\\n"}

      {"image": "v1.2", "caption": "dots", "score": 0.5}
      {"image": "2007_000032.png", "caption": "another"}
      """)
    #expect(
      captions.byStem == ["2007_000032": "a plane", "weiß & süß": "Straße", "v1.2": "dots"])
    #expect(captions.surplus == 1)
  }

  @Test func readsTheMetadataOfHuggingFace() throws {
    let captions = try captions(#"{"file_name": "images/a.jpg", "text": "a plane"}"#)
    #expect(captions.byStem == ["a": "a plane"])
  }

  @Test(arguments: ["file_name,text", "image,caption", "\u{FEFF}split, Image ,id,Caption"])
  func readsCSV(header: String) throws {
    let row = header.contains("split") ? "train,%,7," : "%,"
    let rows = [
      ("a.jpg", #""a ""red"" plane, landed""#), ("JPEGImages/b.jpg", "dots\r"),
      ("c", "\"two\nlines\""),
      ("a.jpg", "another"),
    ].map { row.replacing("%", with: $0) + $1 }
    let captions = try captions(header + "\n\n" + rows.joined(separator: "\n"))
    #expect(captions.byStem == ["a": #"a "red" plane, landed"#, "b": "dots", "c": "two\nlines"])
    #expect(captions.surplus == 1)
  }

  @Test(arguments: [
    ("a plane\n", 1, "found 'a plane'"), ("image,score\na,1", 1, "'caption' (or 'text')"),
    ("image,caption\n\"a\nb\",x\n\nc,a dog, running\n", 5, "found 3 fields, expected 2"),
    ("image,caption\na,x\nb,\"no end\nc,y\n", 3, "does not end"),
  ]) func namesTheLineOfCSVThatIsWrong(text: String, line: Int, complaint: String) {
    #expect(message(text).hasPrefix("captions.jsonl:\(line): "))
    #expect(message(text).contains(complaint), "\(message(text))")
  }

  @Test func readsTextFilesBesideThePhotographs() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("a.txt", "\n a plane\r\nanother\n"), ("v1.2.jpg.txt", "dots"), ("b.jpg", "no text"),
      ("empty.txt", " \n"),
    ] { try folder.write(text, name) }
    let captions = try Captions(contentsOf: folder.url)
    #expect(captions.byStem == ["a": "a plane", "v1.2": "dots"])
    #expect(captions.surplus == 1)

    try folder.write(Data([0x61, 0xE4]), "c.txt")
    let error = #expect(throws: AugmentationError.self) { try Captions(contentsOf: folder.url) }
    #expect(error?.description.contains("c.txt: this is no text in UTF-8") == true)
  }

  @Test func readsCOCO() throws {
    let captions = try captions(
      #"{"info": {}, "images": [{"id": 9, "file_name": "b.jpg"}, {"id": 4, "file_name": "a.jpg"}],"#
        + #""annotations": [{"id": 1, "image_id": 4, "caption": "first"},"#
        + #"{"id": 2, "image_id": 4, "caption": "second"}, {"id": 3, "image_id": 9, "caption": "b"}]}"#
    )
    #expect(captions.byStem == ["a": "first", "b": "b"])
    #expect(captions.surplus == 1)
  }

  @Test func readsTheNumbersThatPythonWrites() throws {
    let text = #"{"image": "a", "caption": "NaN, -Infinity: \"x\" // \u00e9", "score": NaN}"#
    #expect(try captions(text).byStem == ["a": #"NaN, -Infinity: "x" // é"#])
    let coco = try captions(
      #"{"images": [{"id": 4, "file_name": "a.jpg", "score": Infinity}],"#
        + #""annotations": [{"image_id": 4, "caption": "x", "score": -Infinity}]}"#)
    #expect(coco.byStem == ["a": "x"])
  }

  @Test func findsPhotographsAsListsDo() throws {
    let captions = try captions(
      #"{"image": "C:\\data\\cafe\u0301.JPeG", "caption": "a table"}"#)
    #expect(captions.byStem["caf\u{E9}"] == "a table")
  }

  @Test(arguments: [
    "{\"image\": \"a\", \"caption\": \"x\"}\n\n{\"image\": \"b\", \"caption\":",
    "{\"image\": \"a\", \"caption\": \"x\"}\n\n[1, 2]",
    "{\"image\": \"a\", \"caption\": \"x\"}\n\n{\"caption\": \"nobody's\"}",
    "{\"image\": \"a\", \"caption\": \"x\"}\n\n{\"image\": \"b\", \"caption\": 5}",
  ]) func namesTheLineThatIsWrong(text: String) {
    #expect(message(text).hasPrefix("captions.jsonl:3: not a caption."))
  }

  @Test func explainsBrokenCOCOFiles() {
    #expect(
      message(#"{"images": [], "annotations": [{"image_id": 4, "caption": "x"}]}"#)
        .contains("image_id 4"))
    #expect(message(#"{"annotations": []}"#).contains("'images' is missing"))
    #expect(
      message(#"{"images": [], "annotations": [{"image_id": "4", "caption": "x"}]}"#)
        .contains("image_id: Expected"))
  }

  @Test func refusesFilesWithoutCaptions() {
    #expect(message("\n").contains("no caption"))
    #expect(message(#"{"image": "a", "caption": " "}"#).contains("no caption"))
    #expect(throws: AugmentationError.self) {
      try Captions(contentsOf: URL(fileURLWithPath: "/nowhere/captions.jsonl"))
    }
  }
}
