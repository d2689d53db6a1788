import Augmentation
import Faults
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import TestSupport
import Testing

/// What goes on beside the painting: the filing of images that are painted, and the drawing for those that come next.
@Suite struct OverlapTests {
  /// Canny's edges, counted, as if drawn by a core or by a device.
  private struct Detector: ControlAnnotator {
    let usesDevice: Bool
    let calls = Counter()

    func callAsFunction(_ image: Image) -> Image {
      calls.count()
      return CannyDetector()(image)
    }
  }

  private let dataset: TestDataset
  private let plan: AugmentationPlan
  private var output: URL { dataset.folder.appending("out") }
  /// What is waited for comes in a moment, or never.
  private let patience = ContinuousClock.now + .seconds(60)

  init() throws {
    dataset = try TestDataset(stems: ["a", "b", "c"])
    var settings = TestDataset.settings
    settings.images = 3
    plan = try dataset.plan(settings)
  }

  private func wait(until condition: () -> Bool) -> Bool {
    while !condition() {
      if ContinuousClock.now > patience { return false }
      Thread.sleep(forTimeInterval: 0.002)
    }
    return true
  }

  private var filed: Int {
    plan.pictures.count { picture in
      FileManager.default.fileExists(
        atPath: output.appendingPathComponent("SegmentationClass/\(picture.name).png").path)
    }
  }

  @Test func imagesAreFiledWhileTheNextIsPainted() throws {
    var (begun, isFiled) = (0, true)
    try plan.run(into: output) { progress in
      guard progress.step == 1 else { return }
      let count = begun
      isFiled = wait { filed == count } && isFiled
      begun += 1
    }
    #expect(begun == 3 && isFiled)
  }

  @Test func materialIsDrawnWhileTheImageBeforeIsPainted() throws {
    // Photograph and labels of the first image, and of the next one.
    let detector = Detector(usesDevice: false)
    var isAhead: Bool?
    try plan.run(into: output, annotator: detector) { _ in
      isAhead = isAhead ?? wait { detector.calls.value == 4 }
    }
    #expect(isAhead == true && detector.calls.value == 6)
  }

  @Test func aDeviceDrawsNothingWhileItPaints() throws {
    let detector = Detector(usesDevice: true)
    var drawn: [Int] = []
    try plan.run(
      into: output, generator: FakeGenerator(stepDuration: .milliseconds(20)), annotator: detector
    ) { progress in
      if progress.step > 0 { drawn.append(detector.calls.value) }
    }
    #expect(drawn == [2, 2, 4, 4, 6, 6])
  }

  @Test func anInterruptionKeepsWhatIsPainted() throws {
    let interruption = Interruption()
    var steps = 0
    #expect {
      try plan.run(into: output, interruption: interruption) { progress in
        if progress.step == 1 { steps += 1 }
        if steps == 2 { interruption.request() }
      }
    } throws: { ($0 as? AugmentationError)?.kind == .interrupted }
    #expect(try LedgerRecord.all(in: output).map(\.name) == [plan.pictures[0].name])
  }

  @Test func whatIsWrongWithTheNextPhotographDoesNotCostTheImageBefore() throws {
    let photograph = plan.sources[1].photograph
    try Data("gone".utf8).write(to: photograph)
    // Originals are copied first, if at all.
    var settings = plan.settings
    settings.originals = .nothing
    let plan = try AugmentationPlan(
      sources: plan.sources, root: plan.root, classes: plan.classes, captions: nil,
      settings: settings)
    let text = message { try plan.run(into: output) }
    #expect(text.hasPrefix("\(photograph.path): this file has changed"))
    #expect(try LedgerRecord.all(in: output).map(\.name) == [plan.pictures[0].name])
  }
}
