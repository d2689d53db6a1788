import Augmentation
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// Which instances a run paints, and what it asks for.
@Suite struct InstancePlanTests {
  private let dataset: InstanceDataset

  init() throws { dataset = try InstanceDataset() }

  @Test func paintsWhatIsLargeEnoughAndNoCrowd() throws {
    let plan = try dataset.plan()
    #expect(plan.pictures.map(\.name) == ["a_1", "b_1", "a_2", "b_2"])
    #expect(plan.paintings == 6)
    let first = try #require(plan.pictures[0].repainted)
    #expect(first.map(\.instance) == [1, 2] && first.map(\.class) == ["car", "person"])
    // The car's box is that of what is seen of it.
    let box = first[0].box
    #expect(box.x == 4 && box.y == 12 && box.width == 16 && box.height == 24)
    #expect(first.map(\.prompt) == ["a photo of a car", "a photo of a person"])
    #expect(plan.pictures[0].prompt == "a photo of a car; a photo of a person")
    #expect(plan.pictures[0].classes == ["car", "person"])
    #expect(plan.prompts.map(\.name) == ["a_1", "a_1", "b_1", "a_2", "a_2", "b_2"])
    #expect(
      plan.notices == [
        "1 of 4 instances are smaller than 16×16 pixels, and stay as they are."
      ])
  }

  /// A seed depends on the run's, the photograph, the copy and the instance, and on nothing else.
  @Test func seedsAreEachInstancesOwn() throws {
    let plan = try dataset.plan()
    let seeds = plan.pictures.flatMap { $0.repainted ?? [] }.map(\.seed)
    #expect(Set(seeds).count == 6 && seeds.allSatisfy { $0 < 1 << 53 })
    let one = try dataset.plan { $0.instances?.perImage = 1 }
    #expect(one.pictures[0].repainted?.map(\.seed) == [seeds[1]], "the person is rarer")
    #expect(try dataset.plan { $0.seed = 1 }.pictures[0].repainted?[0].seed != seeds[0])
  }

  @Test func smallOnesMayBeEnlarged() throws {
    let plan = try dataset.plan { $0.instances?.small = .enlarge }
    #expect(plan.pictures[0].repainted?.map(\.instance) == [1, 2, 3])
    #expect(plan.notices.isEmpty)
    let lower = try dataset.plan { $0.instances?.leastSize = 6 }
    #expect(lower.pictures[0].repainted?.count == 3)
  }

  @Test func rareClassesComeFirst() throws {
    // Three cars, and one person.
    let plan = try dataset.plan {
      ($0.copies, $0.targetPerClass) = (nil, 3)
      $0.instances?.perImage = 1
    }
    #expect(plan.pictures.map { $0.repainted?.map(\.instance) } == [[2], [2]])
    let balance = try #require(plan.summary.instances)
    #expect(balance.perClassBefore == ["car": 3, "person": 1])
    #expect(balance.perClassAfter == ["car": 3, "person": 3] && balance.repainted == 2)
    #expect(try TestDataset().plan().summary.instances == nil)
  }

  @Test func oversamplingPaintsTheSameInstances() throws {
    let plan = try dataset.plan { $0.oversampling = 1.5 }
    #expect(plan.pictures.count == 6 && plan.wanted == 4)
    #expect(plan.pictures.map(\.name) == ["a_1", "a_2", "b_1", "a_3", "a_4", "b_2"])
  }

  @Test func promptsFollowTheTemplate() throws {
    let plan = try dataset.plan { $0.instances?.template = "one {class}, as a {class} is" }
    #expect(plan.pictures[1].prompt == "one car, as a car is")
  }

  @Test func saysWhatCannotBePainted() throws {
    let small = message { try dataset.plan { $0.instances?.leastSize = 30 } }
    #expect(small.contains("All 4 instances of this split are smaller than 30×30 pixels"))
    #expect(small.contains("the largest has as many as a square of 24"))
    #expect(
      remedies { try dataset.plan { $0.instances?.leastSize = 30 } }
        == [.instanceSize, .smallInstances])
    try FileManager.default.removeItem(at: dataset.root.appending(path: "SegmentationObject/b.png"))
    #expect(
      try dataset.plan().notices.last
        == "1 of 2 photographs have no instances, and nothing is made of them.")
    try FileManager.default.removeItem(at: dataset.root.appending(path: "SegmentationObject"))
    #expect(message { try dataset.plan() }.contains("which pixels are one object"))
    #expect(remedies { try dataset.plan() } == [.recipe])
  }

  @Test func refusesInstancesThatContradictTheMask() throws {
    let place = dataset.root.appending(path: "SegmentationObject/a.png")
    let instances = try LabelImage(contentsOf: place)
    let merged = LabelImage(
      width: instances.width, height: instances.height, ids: instances.ids.map { $0 == 2 ? 1 : $0 })
    try merged.pngData().write(to: place)
    #expect(
      message { try dataset.plan() }.contains("instance 1 covers pixels of several classes (7, 15)")
    )
  }

  @Test func refusesSettingsOutOfRange() {
    for (change, setting) in [
      ({ $0.instances?.margin = 0.5 }, .instanceMargin),
      ({ $0.instances?.margin = .nan }, .instanceMargin),
      ({ $0.instances?.leastSize = 0 }, .instanceSize),
      ({ $0.instances?.perImage = 0 }, .instancesPerImage),
      ({ $0.instances?.template = "a photo" }, .instancePrompt),
    ] as [((inout AugmentationSettings) -> Void, Remedy.Setting)] {
      #expect(remedies { try dataset.plan(change) } == [setting])
    }
    let seam = message { try dataset.plan { $0.instances?.seam = -1 } }
    #expect(seam.contains("seam"))
    #expect(message { try dataset.plan { $0.keepsPaintedSize = true } }.contains("keep their size"))
  }

  @Test func costsWhatItsInstancesCost() throws {
    let plan = try dataset.plan()
    let size = try plan.generationSize(of: plan.pictures[0], multiple: 8)
    #expect(size.width == 24 && size.height == 24, "a square, whatever the photograph is")
    let pace = GenerationPace(step: 1, decoding: 0, steps: 2, size: size, sizeMultiple: 8)
    #expect(try RunEstimate(of: plan, pace: pace).seconds == 12)
  }
}
