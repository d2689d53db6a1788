import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct COCOLayoutTests {
  private let files: LayoutFolder

  init() throws { files = try LayoutFolder() }

  private struct Masks: Decodable { let masks: [String: [[[Int]]]] }
  private struct File: Decodable {
    struct Image: Decodable {
      let file_name: String
      let width, height: Int
    }
    let images: [Image]
  }

  /// Puts the fixture's annotations where a layout has them, and photographs of their sizes into a folder.
  private func write(_ annotations: String, _ images: String) throws {
    let data = try Data(contentsOf: Fixture.url("coco/instances.json"))
    try files.write(data, annotations)
    for image in try JSONDecoder().decode(File.self, from: data).images {
      try files.write(
        Image(width: image.width, height: image.height, channels: 3, fill: 80).jpegData(),
        "\(images)/\(image.file_name)")
    }
  }

  @Test(arguments: [
    ("annotations/instances_train2017.json", "train2017"),
    ("annotations/instances_train.json", "images/train"),
    ("annotations/train.json", "images"),
    ("annotations/instances_train2014.json", "images/train2014"),
    ("train/_annotations.coco.json", "train"),
    ("coco/annotations/instances_train.json", "coco/train"),
  ])
  func masksAreThoseOfPycocotools(annotations: String, images: String) throws {
    try write(annotations, images)
    let expected = try JSONDecoder().decode(
      Masks.self, from: Data(contentsOf: Fixture.url("coco/masks.json"))
    ).masks
    let dataset = try files.open()
    #expect(dataset.layout.name == "coco" && dataset.classes.background == 0)
    #expect(dataset.classes.names == [1: "person", 3: "car", 90: "toothbrush"])
    #expect(dataset.entries.count == 4)
    for entry in dataset.entries {
      let loaded = try dataset.load(entry)
      let (mask, objects) = (
        try #require(expected["\(entry.stem).jpg"]?[0]),
        try #require(expected["\(entry.stem).jpg"]?[1])
      )
      func ids(_ spans: [[Int]]) -> [UInt8] {
        spans.flatMap { [UInt8](repeating: UInt8($0[0]), count: $0[1]) }
      }
      #expect(loaded.mask.ids == ids(mask), "\(entry.stem)")
      #expect((loaded.instances?.ids ?? ids(objects)) == ids(objects), "\(entry.stem)")
    }
    let scan = try dataset.scan()
    #expect(scan.problems.isEmpty && scan.images.count == 4)
  }

  private func annotate(_ annotations: String, categories: String = #"{"id": 1, "name": "dog"}"#)
    throws
  {
    try files.photograph("train/a.jpg")
    try files.write(
      """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 4, "height": 3}],
       "annotations": [\(annotations)], "categories": [\(categories)]}
      """, "annotations/instances_train.json")
  }

  private static func object(_ segmentation: String, category: Int = 1, crowd: Int = 0) -> String {
    """
    {"id": 1, "image_id": 1, "category_id": \(category), "iscrowd": \(crowd), "segmentation": \(segmentation)}
    """
  }

  @Test func theSmallerObjectIsInFrontAndCrowdsAreBehind() throws {
    try annotate(
      [
        Self.object("[[0, 0, 2, 0, 2, 2, 0, 2]]"),
        Self.object("[[0, 0, 4, 0, 4, 2, 0, 2]]", category: 2),
        Self.object(#"{"size": [3, 4], "counts": [0, 12]}"#, crowd: 1),
      ].joined(separator: ","), categories: #"{"id": 1, "name": "dog"}, {"id": 2, "name": "cat"}"#)
    let dataset = try files.open()
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [1, 1, 2, 2, 1, 1, 2, 2, 255, 255, 255, 255])
    #expect(loaded.instances?.ids == [1, 1, 2, 2, 1, 1, 2, 2, 255, 255, 255, 255])
  }

  @Test func categoriesThatAreNoIDsAreNumberedInTheirOrder() throws {
    try annotate(
      Self.object("[[0, 0, 4, 0, 4, 3, 0, 3]]", category: 1200),
      categories: #"{"id": 1200, "name": "cat"}, {"id": 0, "name": "dog"}"#)
    let dataset = try files.open()
    #expect(dataset.classes.names == [1: "dog", 2: "cat"])
    #expect(try dataset.scan().classes == ["a": [2]])
  }

  @Test(arguments: [
    (object("[[0, 0, 2, 0]]"), "three corners"),
    (object("[[0, 0, 2, 0, 1e9, 2]]"), "three corners"),
    (object("[[0, 0, 1, 2, 3, 4, 5]]"), "three corners"),
    (object(#"{"size": [3, 4], "counts": [0, 11]}"#), "runs that fill the image"),
    (object(#"{"size": [4, 3], "counts": [0, 12]}"#), "runs that fill the image"),
    (object(#"{"size": [3], "counts": "0"}"#), "runs that fill the image"),
    (object(#"{"size": [3, 4], "counts": "~"}"#), "runs that fill the image"),
    (object("[]", category: 7), "the category 7 is not among the categories"),
    (object("7"), "this is no file of COCO's annotations"),
  ]) func whatIsNoObjectIsNamed(annotation: String, found: String) throws {
    try annotate(annotation)
    #expect(files.message().contains(found), "\(files.message())")
  }

  @Test func photographsThatAreMissingTwiceOrElsewhereAreNamed() throws {
    try files.photograph("train/a.jpg")
    try files.write(
      """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 4, "height": 3},
                  {"id": 2, "file_name": "b.jpg", "width": 4, "height": 3},
                  {"id": 3, "file_name": "sub/a.jpg", "width": 4, "height": 3},
                  {"id": 4, "file_name": "../train/c.jpg", "width": 4, "height": 3},
                  {"id": 5, "file_name": "d.jpg", "width": 0, "height": 3}],
       "annotations": [], "categories": [{"id": 1, "name": "dog"}]}
      """, "annotations/instances_train.json")
    let dataset = try files.open()
    #expect(
      dataset.problems.map(\.found) == [
        "there is no such photograph", "another image has this name",
        "the name leads out of the folder", "its size is 0×3 pixels",
      ])
    #expect(dataset.entries.map(\.stem) == ["a"])
    #expect(files.message("val").contains("There are: train"))
  }

  @Test func aSizeThatIsNotThePhotographsIsAProblem() throws {
    try annotate("")
    try files.write(Image(width: 5, height: 3, channels: 3, fill: 1).jpegData(), "train/a.jpg")
    #expect(files.message().contains("the mask has 4×3 pixels, its photograph 5×3"))
  }
}

@Suite struct COCOPanopticLayoutTests {
  private let files: LayoutFolder

  init() throws {
    files = try LayoutFolder()
    try files.photograph("train2017/a.jpg")
    // Sky, two dogs, and a crowd of dogs; 0 is left open.
    let numbers: [UInt32] = [300, 300, 70000, 70000, 5, 5, 9, 9, 0, 0, 300, 300]
    let pixels = numbers.map(RGB.init(number:)).flatMap { [$0.red, $0.green, $0.blue] }
    try files.write(
      Image(width: 4, height: 3, channels: 3, pixels: pixels).pngData(),
      "annotations/panoptic_train2017/a.png")
    try write(segments: [(300, 187, 0), (70000, 18, 0), (5, 18, 0), (9, 18, 1)])
  }

  private func write(segments: [(id: Int, category: Int, crowd: Int)]) throws {
    let list = segments.map {
      #"{"id": \#($0.id), "category_id": \#($0.category), "iscrowd": \#($0.crowd)}"#
    }.joined(separator: ",")
    try files.write(
      """
      {"images": [{"id": 7, "file_name": "a.jpg", "width": 4, "height": 3}],
       "annotations": [{"image_id": 7, "file_name": "a.png", "segments_info": [\(list)]}],
       "categories": [{"id": 18, "name": "dog", "isthing": 1}, {"id": 187, "name": "sky", "isthing": 0}]}
      """, "annotations/panoptic_train2017.json")
  }

  @Test func segmentsAreClassesAndThingsInstances() throws {
    let dataset = try files.open()
    #expect(dataset.layout.name == "coco-panoptic" && dataset.classes.background == nil)
    let loaded = try dataset.load(dataset.entries[0])
    #expect(loaded.mask.ids == [187, 187, 18, 18, 18, 18, 18, 18, 255, 255, 187, 187])
    #expect(loaded.instances?.ids == [0, 0, 1, 1, 2, 2, 255, 255, 0, 0, 0, 0])
    #expect(try dataset.scan().problems.isEmpty)
  }

  @Test func segmentsThatNobodyExplainsAreAProblem() throws {
    try write(segments: [(300, 187, 0), (70000, 18, 0)])
    #expect(files.message().contains("2 numbers of this PNG stand for no class, 5 for one"))
    try write(segments: [(300, 3, 0)])
    #expect(files.message().contains("the category 3 is not among the categories"))
    try write(segments: [(-1, 18, 0)])
    #expect(files.message().contains("a segment's number is none of"))
    try files.remove("annotations/panoptic_train2017/a.png")
    try write(segments: [(300, 187, 0)])
    #expect(files.message().contains("there is no 'a.png'"))
  }
}
