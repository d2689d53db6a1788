import Augmentation
import DiffusionPipelines
import Faults
import Foundation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

@Suite struct PlanNoticesTests {
  /// Photographs of these classes, none of which is read.
  private func plan(
    _ classes: [Set<UInt8>], target: Int? = nil, sizes: [ImageSize] = [],
    _ change: (inout AugmentationSettings) -> Void = { _ in }
  ) throws -> AugmentationPlan {
    var settings = AugmentationSettings()
    settings.targetPerClass = target
    change(&settings)
    return try AugmentationPlan(
      sources: classes.enumerated().map { index, classes in
        AugmentationSource(
          stem: "s\(index)", classes: classes,
          size: sizes.isEmpty ? ImageSize(width: 500, height: 400) : sizes[index])
      }, root: URL(fileURLWithPath: "/"),
      classes: ClassList(names: [1: "person", 2: "boat", 3: "sofa"]), captions: nil,
      settings: settings)
  }

  @Test func saysWhatCannotBeBalancedAndWhatGrowsWithOthers() throws {
    let notices = try plan([[1], [1], [1, 2]], target: 3).balanceNotices
    #expect(notices.contains { $0.contains("no photograph of this split shows them: sofa.") })
    #expect(notices.contains { $0.contains("person, grows too, from 3 to 5") })
    #expect(try plan([[1], [2], [3]], target: 1).balanceNotices.isEmpty)
    // Where every photograph is painted equally often, nothing is to be balanced.
    #expect(try plan([[1], [1], [1, 2]]) { $0.copies = 2 }.balanceNotices.isEmpty)
    #expect(try plan([[1], [1], [1, 2]]) { $0.encodeRatios = [0.5, 1] }.balanceNotices.isEmpty)
  }

  @Test func warnsOfPhotographsThatArePaintedVeryOften() throws {
    #expect(try plan([[1], [2]], target: 6).repetitionWarning == nil)
    let warning = try #require(try plan([[1], [2]], target: 7).repetitionWarning)
    #expect(warning.contains("2 of 2 photographs") && warning.contains("'s0' 6 times"))
  }

  @Test func warnsOfPhotographsFarLargerThanWhatIsPainted() throws {
    let (twice, more) = (ImageSize(width: 1024, height: 1200), ImageSize(width: 1200, height: 1025))
    func warning(_ sizes: ImageSize...) throws -> String? {
      try plan([[1], [2]], target: 2, sizes: sizes).enlargementWarning
    }
    #expect(try warning(twice, twice) == nil)
    let text = try #require(try warning(twice, more))
    #expect(text.contains("1 of 2 photographs") && text.contains("'s1'"))
    #expect(text.contains("may stay at the size that is painted"))
  }

  @Test func estimatesWhatARunWrites() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let output = dataset.folder.appending("out")
    try plan.run(into: output)
    #expect(plan.sources.map(\.size.width) == [40, 24, 40, 24])
    let estimate = try RunEstimate(of: plan, pace: nil)
    let masks = try byteCount(output, "SegmentationClass")
    let originals = try byteCount(dataset.root, "JPEGImages")
    #expect(estimate.seconds == nil)
    // The rest is what a pixel of a JPEG takes, about.
    let pixels = try plan.pictures.reduce(0) {
      let size = plan.sources[try #require($1.source)].size
      return $0 + size.width * size.height
    }
    #expect(abs(estimate.bytes - masks - originals - pixels / 2) < pixels / 4)
  }

  @Test func theTimeGrowsWithPicturesAndSteps() throws {
    let dataset = try TestDataset()
    func seconds(_ images: Int, steps: Int) throws -> Double {
      var settings = TestDataset.settings
      settings.images = images
      let plan = try dataset.plan(settings)
      let size = try plan.generationSize(of: plan.pictures[0], multiple: 8)
      let pace = GenerationPace(step: 2, decoding: 3, steps: steps, size: size, sizeMultiple: 8)
      return try #require(try RunEstimate(of: plan, pace: pace).seconds)
    }
    #expect(try seconds(1, steps: 10) == 23)
    #expect(try seconds(1, steps: 100) == 203)
    #expect(try seconds(5, steps: 10) > seconds(4, steps: 10))
  }

  @Test func aPartOfOnePictureIsMeasured() throws {
    let dataset = try TestDataset()
    let plan = try dataset.plan()
    let generator = FakeGenerator()
    let pace = try GenerationPace(of: generator, for: plan) {}
    #expect(generator.painted.count == 1)
    #expect(generator.steps == [3])
    #expect(try (RunEstimate(of: plan, pace: pace).seconds ?? -1) >= 0)
  }

  /// Steps that take different times are all measured.
  @Test func anUnevenPictureIsMeasuredAsAWhole() throws {
    let dataset = try TestDataset()
    var settings = TestDataset.settings
    settings.sampling.steps = 8
    settings.sampling.guidanceInterval = StepRange(start: 0.25, end: 0.75)
    let generator = FakeGenerator()
    _ = try GenerationPace(of: generator, for: dataset.plan(settings)) {}
    #expect(generator.steps == [8])
  }

  private func byteCount(_ root: URL, _ folder: String) throws -> Int {
    let folder = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .reduce(0) { try $0 + Data(contentsOf: $1).count }
  }
}
