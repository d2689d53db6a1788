import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct ImageFolderLayoutTests {
  private let files: LayoutFolder

  init() throws {
    files = try LayoutFolder()
    try files.write(#"{"0": "background", "1": "road"}"#, "id2label.json")
    for stem in ["a", "b"] {
      try files.photograph("train/\(stem).jpg")
      try files.mask("train/masks/\(stem).png", [1, 0])
    }
  }

  private func write(_ lines: String...) throws {
    try files.write(lines.joined(separator: "\n"), "train/metadata.jsonl")
  }

  @Test(arguments: ["mask", "mask_file_name", "label", "annotation_file_name"])
  func linesNameImagesAndMasks(key: String) throws {
    try write(
      #"{"file_name": "b.jpg", "\#(key)": "masks/b.png", "text": "a road"}"#, "",
      #"{"file_name": "a.jpg", "\#(key)": "masks/a.png"}"#)
    let dataset = try files.open()
    #expect(dataset.layout.name == "imagefolder" && dataset.classes.names == [1: "road"])
    #expect(dataset.entries.map(\.stem) == ["b", "a"])
    #expect(try dataset.scan().classes == ["a": [1], "b": [1]])
  }

  @Test(arguments: [
    (#"{"file_name": "a.jpg"}"#, "this names no image and its mask"),
    ("a.jpg", "this names no image"),
    (#"{"file_name": "c.jpg", "mask": "masks/a.png"}"#, "train/c.jpg"),
    (#"{"file_name": "a.jpg", "mask": "masks/c.png"}"#, "masks/c.png"),
    (#"{"file_name": "a.jpg", "mask": "../a.png"}"#, "leads out of the folder"),
    (#"{"file_name": "b.jpg", "mask": "masks/b.png"}"#, "'b' stands there already"),
  ]) func whatIsWrongIsNamedWithItsLine(line: String, found: String) throws {
    try write(#"{"file_name": "b.jpg", "mask": "masks/b.png"}"#, line)
    #expect(files.message().contains("metadata.jsonl, line 2"))
    #expect(files.message().contains(found), "\(files.message())")
    #expect(files.message("val").contains("There are: train"))
  }

  /// Such files are written for captions too.
  @Test func linesWithoutMasksAreAnotherThing() throws {
    try files.remove("train/masks")
    try write(#"{"file_name": "a.jpg", "text": "a road"}"#)
    #expect(files.message().contains("JPEGImages"))
  }
}
