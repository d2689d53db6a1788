import Augmentation
import Foundation
import Testing

@Suite struct PromptTests {
  @Test func followsThePapersExamples() {
    let caption = "a pink plane on the tarmac"
    let classes = ["aeroplane", "person"]
    #expect(
      PromptStyle.appended.prompt(caption: caption, classes: classes)
        == "a pink plane on the tarmac; aeroplane, person")
    #expect(
      PromptStyle.simple.prompt(caption: caption, classes: classes)
        == "A photo of aeroplane, person")
    #expect(PromptStyle.caption.prompt(caption: caption, classes: classes) == caption)
  }

  @Test(arguments: PromptStyle.allCases) func fallsBackToTheSimplePrompt(style: PromptStyle) {
    #expect(style.prompt(caption: nil, classes: ["dining table"]) == "A photo of dining table")
    #expect(style.prompt(caption: nil, classes: []) == "A photo")
  }

  @Test func appendsNothingWithoutClasses() {
    #expect(PromptStyle.appended.prompt(caption: "a lawn", classes: []) == "a lawn")
  }
}

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
