import Augmentation
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import Testing

@Suite struct AugmentationPlanTests {
  fileprivate func source(_ stem: String, _ classes: Set<UInt8>) -> AugmentationSource {
    AugmentationSource(stem: stem, classes: classes)
  }

  fileprivate func plan(
    _ sources: [AugmentationSource], captions: String? = nil, classes: ClassList = .voc,
    _ change: (inout AugmentationSettings) -> Void = { _ in }
  ) throws -> AugmentationPlan {
    var settings = AugmentationSettings()
    change(&settings)
    return try AugmentationPlan(
      sources: sources, root: URL(fileURLWithPath: "/data"), classes: classes,
      captions: captions.map { try Captions(decoding: Data($0.utf8), name: "captions") },
      settings: settings)
  }

  @Test func makesAsManyAsThereAreOriginalsUnlessTold() throws {
    let sources = [source("a", [15]), source("b", [8, 15]), source("c", [])]
    #expect(try plan(sources).pictures.count == 3)
    #expect(try plan(sources) { $0.images = 7 }.pictures.count == 7)
    #expect(
      try plan(sources) { $0.targetPerClass = 4 }.pictures.map(\.name) == [
        "a_1", "b_1", "b_2", "b_3",
      ])
  }

  @Test func repaintsEveryLabelledPhotographWhenToldHowOften() throws {
    let sources = [source("a", [15]), source("b", [8, 15]), source("c", [])]
    #expect(
      try plan(sources) { $0.copies = 2 }.pictures.map(\.name) == ["a_1", "b_1", "a_2", "b_2"])
    let both = remedies {
      try plan(sources) { settings in
        settings.copies = 2
        settings.images = 2
      }
    }
    #expect(both == [.targetPerClass, .images, .copies])
  }

  @Test func asksForCaptionsAndClassesInOrder() throws {
    let sources = [source("a", [20, 11, 16]), source("b", [8])]
    let captions = #"{"image": "a", "caption": "a room"}"#
    let made = try plan(sources, captions: captions) { $0.targetPerClass = 2 }
    #expect(
      made.pictures.map(\.prompt)
        == ["a room; dining table, potted plant, tv monitor", "A photo of cat"])
    #expect(
      made.notices
        == ["1 of 2 photographs have no caption and get simple prompts: b."])
    #expect(try plan(sources).notices.count == 1)
    #expect(try plan(sources) { $0.promptStyle = .simple }.notices.isEmpty)
  }

  @Test func promptsNameClass0WhereItIsOne() throws {
    let classes = ClassList(names: [0: "road", 1: "traffic_light"])
    let made = try plan([source("a", [0, 1])], classes: classes)
    #expect(made.pictures.map(\.prompt) == ["A photo of road, traffic light"])
    let text = message {
      try plan([source("a", [0])], classes: classes) { $0.priors[0].borderAsBackground = true }
    }
    #expect(text.contains("this dataset has no background, since id 0 is 'road'"))
  }

  @Test func refusesCaptionsOfOtherPictures() {
    #expect(
      message { try plan([source("a", [1])], captions: #"{"image": "x", "caption": "y"}"#) }
        .contains("the captions are about 'x' and others, the photographs are 'a' and others"))
  }

  @Test func seedsDependOnRunStemAndCopyOnly() throws {
    let few = try plan([source("a", [1]), source("b", [2])]) { $0.targetPerClass = 3 }
    let many = try plan([source("b", [2]), source("c", [1, 2]), source("a", [1])]) {
      $0.targetPerClass = 9
    }
    let seeds = Dictionary(uniqueKeysWithValues: many.pictures.map { ($0.name, $0.seed) })
    #expect(few.pictures.allSatisfy { seeds[$0.name] == $0.seed })
    #expect(Set(seeds.values).count == many.pictures.count)
    #expect(seeds.values.allSatisfy { $0 < 1 << 53 })

    let other = try plan([source("a", [1])]) {
      $0.targetPerClass = 3
      $0.seed = 1
    }
    #expect(other.pictures.allSatisfy { seeds[$0.name] != $0.seed })
    // hashlib.sha256(bytes(15) + b'\1a').digest()[:8] >> 11, by Python.
    #expect(seeds["a_1"] == 0x1dd24e7b4a9e5b)
  }

  @Test func isKnownByTheJSONOfItsNamesAndTexts() throws {
    let plan = try plan([source("ä\"", [1]), source("b", [2, 1])]) { $0.targetPerClass = 9 }
    let texts = plan.pictures.map { [$0.name, $0.prompt] + $0.classes }
    let json = try JSONEncoder.stable.encode([plan.sources.map(\.stem)] + texts)
    let identity = try RunIdentity(of: plan, models: [:], generator: GeneratorTraits())
    #expect(identity.plan == json.sha256 && plan.pictures.count > 9)
  }

  @Test func passesOverNamesThatOriginalsHave() throws {
    let sources = [source("a", [1]), source("a_1", [2]), source("a_3", [2])]
    let names = try plan(sources) { $0.targetPerClass = 4 }.pictures.map(\.name)
    #expect(names == ["a_2", "a_4", "a_5", "a_1_1", "a_3_1"])
    #expect(Set(names).isDisjoint(with: sources.map(\.stem)))
  }

  @Test func refusesDatasetsWithoutAnyClass() {
    #expect(message { try plan([source("a", [])]) }.contains("labelled class"))
    #expect(message { try plan([]) }.contains("labelled class"))
  }

  @Test func refusesSettingsThatContradictEachOther() {
    let sources = [source("a", [1])]
    #expect(
      message {
        try plan(sources) {
          $0.images = 1
          $0.targetPerClass = 1
        }
      }.contains("exclude each other"))
    #expect(remedies { try plan(sources) { $0.images = 0 } }.contains(.images))
    #expect(remedies { try plan(sources) { $0.images = .max } }.contains(.images))
    #expect(remedies { try plan(sources) { $0.targetPerClass = 0 } }.contains(.targetPerClass))
    #expect(remedies { try plan(sources) { $0.resolution = 0 } } == [.resolution])
    #expect(message { try plan(sources) { $0.resolution = 0 } }.contains("found 0"))
    #expect(
      remedies { try plan(sources) { $0.priors[0].imageWeight = .nan } } == [
        .imageWeight, .labelWeight,
      ]
    )
    #expect(
      message {
        try plan(sources) {
          $0.priors[0].imageWeight = 0
          $0.priors[0].labelWeight = 0
        }
      }.contains("not both 0"))
    #expect(remedies { try plan(sources) { $0.sampling.steps = 0 } } == [.steps])
  }

  @Test func summarisesTheBalanceAsJSON() throws {
    let made = try plan([source("a", [15]), source("b", [15]), source("c", [8])]) {
      $0.targetPerClass = 2
    }
    let data = try JSONEncoder.stable.encode(made.summary)
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: any Sendable])
    #expect(object["originals"] as? Int == 3 && object["generated"] as? Int == 1)
    #expect(object["entropyAfter"] as? Double == 1 && object["imbalanceAfter"] as? Double == 0.5)
    let before = try #require(object["entropyBefore"] as? Double)
    #expect(abs(before - 0.9182958340544896) < 1e-12)  // −⅔ log₂ ⅔ − ⅓ log₂ ⅓
    let images = try #require(object["imagesPerClassAfter"] as? [String: Int])
    #expect(images["cat"] == 2 && images["person"] == 2 && images["sofa"] == 0)
  }

  @Test func damagedMasksAreReportedTogether() throws {
    let dataset = try TestDataset()
    for stem in ["a", "b"] {
      try Data("no PNG".utf8)
        .write(to: dataset.root.appendingPathComponent("SegmentationClass/\(stem).png"))
    }
    let text = message { try dataset.plan() }
    #expect(text.contains("a.png") && text.contains("b.png"))
  }
}

@Suite struct GenerationSizeTests {
  private func size(
    _ width: Int, _ height: Int, _ resolution: Int, _ multiple: Int
  ) throws -> [Int] {
    let size = try GenerationSize(
      of: ImageSize(width: width, height: height), named: "photo", resolution: resolution,
      multiple: multiple)
    return [size.width, size.height]
  }

  @Test func keepsTheShapeInStepsOfTheModel() throws {
    // What lllyasviel's annotators give: 500×375 at 1024 in steps of 64.
    #expect(try size(500, 375, 1024, 64) == [1344, 1024])
    #expect(try size(375, 500, 512, 64) == [512, 704])
    #expect(try size(500, 333, 512, 8) == [768, 512])
    #expect(try size(100, 100, 500, 64) == [512, 512])
  }

  @Test func isNeverEmptyAndRoundsHalvesToEven() throws {
    #expect(try size(60, 900, 8, 64) == [64, 128])
    #expect(try size(100, 150, 100, 100) == [100, 200])
    #expect(try size(100, 250, 100, 100) == [100, 200])
  }

  @Test(arguments: [(3000, 1), (1, 3000), (1601, 100), (1 << 28, 1)])
  func refusesStrips(width: Int, height: Int) {
    let text = message { try size(width, height, 512, 64) }
    #expect(text.hasPrefix("photo: the photograph has \(width)×\(height) pixels"))
    #expect(text.contains("strips of more than 16:1 are not painted"))
  }

  @Test func refusesMoreThanCanBePainted() throws {
    #expect(try size(1600, 100, 1024, 64) == [16384, 1024])
    #expect(try size(100, 100, 4096, 64) == [4096, 4096])
    let text = message { try size(200, 100, 4096, 64) }
    #expect(text.contains("would be painted as 8192×4096") && text.contains("Lower the resolution"))
    #expect(remedies { try size(200, 100, 4096, 64) } == [.resolution])
  }

  @Test(arguments: ["0", "-64", "9223372036854775807", "4097"])
  func aLedgerCannotHoldOtherSizes(width: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        GenerationSize.self, from: Data("{\"width\":\(width),\"height\":4096}".utf8))
    }
  }
}

extension AugmentationPlanTests {
  /// Each image that is asked for gets as many candidates as the others, or one more.
  @Test func paintsMoreThanIsAskedFor() throws {
    let sources = [source("a", [15]), source("b", [8, 15]), source("c", [])]
    let asked = try plan(sources) { $0.targetPerClass = 4 }
    let more = try plan(sources) {
      $0.targetPerClass = 4
      $0.oversampling = 2.5
    }
    #expect(asked.wanted == 4 && more.wanted == 4)
    #expect(more.pictures.compactMap(\.source) == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
    #expect(more.pictures.map(\.name).suffix(2) == ["b_6", "b_7"])
    // What both plans have is the same image.
    let seeds = Dictionary(uniqueKeysWithValues: more.pictures.map { ($0.name, $0.seed) })
    #expect(asked.pictures.allSatisfy { seeds[$0.name] == $0.seed })
    let copies = try plan(sources) {
      $0.copies = 1
      $0.oversampling = 1.5
    }
    #expect(copies.wanted == 2 && copies.pictures.map(\.name) == ["a_1", "a_2", "b_1"])
    let kept = more.summary(keeping: ["a_1", "b_1"]).after.imagesPerClass
    #expect(kept[8] == 2 && kept[15] == 4)
  }

  @Test(arguments: [1, 0.5, 101, .nan, .infinity]) func refusesOtherFactors(factor: Double) {
    let found = remedies { try plan([source("a", [15])]) { $0.oversampling = factor } }
    #expect(found == [.oversampling])
  }

  /// Five of each is many, and with three times as many candidates fifteen.
  @Test func candidatesAreNoRepetitions() throws {
    let sources = [source("a", [15])]
    #expect(try plan(sources) { $0.copies = 6 }.repetitionWarning != nil)
    let more = try plan(sources) {
      $0.copies = 5
      $0.oversampling = 3
    }
    #expect(more.pictures.count == 15 && more.repetitionWarning == nil)
  }
}
