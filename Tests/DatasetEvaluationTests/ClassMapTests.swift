import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct ClassMapTests {
  private static let dataset = ClassList(names: [1: "diningtable", 2: "Traffic Light", 5: "car"])
  private static let segmenter = [
    "sky", "dining-table", "traffic_light", "automobile", "background",
  ]

  @Test func classesAreTheSameWhoseNamesAre() throws {
    let map = try ClassMap(
      from: Self.segmenter, to: Self.dataset, renaming: ["automobile": "car", "sky": nil])
    let labels = map(LabelImage(width: 5, height: 1, ids: [0, 1, 2, 3, 4]))
    #expect(labels.ids == [0, 1, 2, 5, 0])
  }

  @Test func whatTheDatasetHasNotIsBackgroundOrLeftOpen() throws {
    let open = LabelEncoding(background: nil, ignored: [255])
    let road = ClassList(names: [0: "sky", 1: "tree"], encoding: open)
    let map = try ClassMap(from: ["tree", "sky", "boat"], to: road)
    #expect(map(LabelImage(width: 3, height: 1, ids: [0, 1, 2])).ids == [1, 0, 255])
  }

  @Test func saysWhatIsMissing() throws {
    let missing = #expect(throws: EvaluationError.self) {
      try ClassMap(from: Self.segmenter, to: Self.dataset)
    }
    #expect(missing?.description.contains("no class called car") == true)
    #expect(missing?.remedies == [Remedy(.classMap)])
    let unknown = #expect(throws: EvaluationError.self) {
      try ClassMap(from: Self.segmenter, to: Self.dataset, renaming: ["auto": "car"])
    }
    #expect(unknown?.description.contains("no class 'auto'") == true)
    let wrong = #expect(throws: EvaluationError.self) {
      try ClassMap(from: Self.segmenter, to: Self.dataset, renaming: ["automobile": "bus"])
    }
    #expect(wrong?.description.contains("no class 'bus'") == true)
  }

  @Test func readsNamesFromAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data(#"{"automobile": "car", "sky": null}"#.utf8), "map.json")
    let names = try ClassMap.names(contentsOf: folder.appending("map.json"))
    #expect(names["automobile"] == "car" && names["sky"] == .some(nil) && names.count == 2)
    try folder.write(Data("[1]".utf8), "map.json")
    #expect(throws: EvaluationError.self) {
      try ClassMap.names(contentsOf: folder.appending("map.json"))
    }
  }
}
