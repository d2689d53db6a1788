import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Datasets as the programs read them whose layouts they are.
@Suite struct LayoutParityTests {
  private struct Labels: Decodable {
    let classes: [String]
    let images: [String: [[Int]]]

    /// The name of every pixel's class; nil where it is left open.
    func names(of stem: String) throws -> [String?] {
      // Of ADE20K's, `bed` ends with a space there.
      let names = classes.map { $0.trimmingCharacters(in: .whitespaces) }
      return try #require(images[stem]).flatMap { span in
        [String?](repeating: span[0] < 0 ? nil : names[span[0]], count: span[1])
      }
    }
  }

  private struct Object: Decodable, Equatable {
    let number: Int
    let name: String
    let pixels: Int

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      number = try values.decode(Int.self)
      name = try values.decode(String.self)
      pixels = try values.decode(Int.self)
    }
  }

  private struct File: Decodable {
    let labels: [String: Labels]
    let label_ids: Labels
    let objects: [String: [Object]]
  }

  private let file: File

  init() throws {
    let data = try Data(contentsOf: Fixture.url("layouts/labels.json"))
    file = try JSONDecoder().decode(File.self, from: data)
  }

  /// The names of all pixels' classes, as MMSegmentation spells them.
  private func names(_ dataset: SegmentationDataset, _ mask: LabelImage) -> [String?] {
    mask.ids.map { id in
      dataset.classes.ignored.contains(id) ? nil : dataset.classes.name(of: id)
    }
  }

  @Test(arguments: ["voc", "ade20k", "bdd100k", "coco-stuff", "cityscapes"])
  func classesAreThoseOfMMSegmentation(name: String) throws {
    let dataset = try SegmentationDataset(root: Fixture.url("layouts/\(name)"), split: "train")
    #expect(dataset.layout.name == name && dataset.entries.count == 2 && dataset.problems == [])
    let labels = try #require(file.labels[name])
    for entry in dataset.entries {
      let loaded = try dataset.load(entry)
      #expect(try names(dataset, loaded.mask) == labels.names(of: entry.stem), "\(entry.stem)")
    }
  }

  /// Without train ids the others are read.
  @Test func labelIDsAndObjectsAreThoseOfCityscapesScripts() throws {
    let folder = try TemporaryFolder()
    let (copy, original) = (folder.appending("cityscapes"), Fixture.url("layouts/cityscapes"))
    try FileManager.default.copyItem(at: original, to: copy)
    for stem in file.objects.keys {
      try FileManager.default.removeItem(
        at: copy.appending(path: "gtFine/train/ulm/\(stem)_gtFine_labelTrainIds.png"))
    }
    let dataset = try SegmentationDataset(root: copy, split: "train")
    #expect(dataset.layout.title == "cityscapes (labelIds)" && dataset.entries.count == 2)
    for entry in dataset.entries {
      let loaded = try dataset.load(entry)
      #expect(try names(dataset, loaded.mask) == file.label_ids.names(of: entry.stem))
      let instances = try #require(loaded.instances).ids
      let objects = try #require(file.objects[entry.stem]).sorted { $0.number < $1.number }
      #expect(Set(instances).subtracting([0]).count == objects.count)
      for (index, object) in objects.enumerated() {
        let ids = zip(instances, loaded.mask.ids).filter { $0.0 == index + 1 }.map(\.1)
        #expect(ids.count == object.pixels, "\(entry.stem) \(object.number)")
        #expect(Set(ids.map(dataset.classes.name)) == [object.name])
      }
    }
    #expect(try dataset.scan().problems.isEmpty)
  }

  private struct Drawn: Decodable { let datumaro, cvat: [String: [[[Int]]]] }

  /// What Datumaro exports and draws itself.
  @Test(arguments: ["datumaro", "cvat"]) func shapesAreDrawnAsByDatumaro(name: String) throws {
    let drawn = try JSONDecoder().decode(
      Drawn.self, from: Data(contentsOf: Fixture.url("layouts/drawn.json")))
    let dataset = try SegmentationDataset(root: Fixture.url("layouts/\(name)"), split: "train")
    #expect(dataset.layout.name == name && dataset.entries.count == 2 && dataset.problems == [])
    #expect(dataset.classes.names == [1: "car", 2: "person", 3: "tree"])
    for entry in dataset.entries {
      let loaded = try dataset.load(entry)
      let expected = try #require((name == "cvat" ? drawn.cvat : drawn.datumaro)[entry.stem]).map {
        $0.flatMap { [UInt8](repeating: UInt8($0[0]), count: $0[1]) }
      }
      #expect(loaded.mask.ids == expected[0], "\(entry.stem)")
      #expect(loaded.instances?.ids == expected[1], "\(entry.stem)")
    }
  }
}
