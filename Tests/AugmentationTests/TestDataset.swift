import Augmentation
import DiffusionPipelines
import Faults
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import Synchronization
import TestSupport

/// A small VOC dataset: photographs of two shapes, one of them a PNG, one without any class.
struct TestDataset {
  let folder: TemporaryFolder
  var root: URL { folder.appending("data set") }

  init(stems: [String] = ["a", "größe 2", "b", "empty"]) throws {
    folder = try TemporaryFolder()
    for path in ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    for (index, stem) in stems.enumerated() { try add(stem, index) }
    try Data(stems.map { $0 + "\n" }.joined().utf8)
      .write(to: root.appendingPathComponent("ImageSets/Segmentation/train.txt"))
  }

  private func add(_ stem: String, _ index: Int) throws {
    let (width, height) = index % 2 == 0 ? (40, 30) : (24, 36)
    var photograph = Image(width: width, height: height, channels: 3, fill: 0)
    var mask = LabelImage(
      width: width, height: height, ids: [UInt8](repeating: 0, count: width * height),
      palette: Palette.voc)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = y * width + x
        let inside = x > 8 && x < 20 && y > 5 && y < 25
        for channel in 0..<3 {
          photograph.pixels[3 * pixel + channel] = UInt8((inside ? 120 : 10) + x + index * channel)
        }
        if inside && stem != "empty" { mask.ids[pixel] = UInt8(7 + index % 3) }
      }
    }
    let suffix = stem == "b" ? "png" : "jpg"
    try (suffix == "png" ? photograph.pngData() : photograph.jpegData(quality: 90))
      .write(to: root.appendingPathComponent("JPEGImages/\(stem).\(suffix)"))
    try mask.pngData().write(to: root.appendingPathComponent("SegmentationClass/\(stem).png"))
  }

  /// Settings that make a handful of small images.
  static var settings: AugmentationSettings {
    var settings = AugmentationSettings()
    settings.images = 5
    settings.resolution = 24
    settings.sampling.steps = 2
    return settings
  }

  func plan(
    _ settings: AugmentationSettings = Self.settings, captions: Captions? = nil
  ) throws -> AugmentationPlan {
    try AugmentationPlan(
      dataset: SegmentationDataset(root: root, split: "train"), captions: captions,
      settings: settings)
  }
}

/// Paints a pattern made of prompt, seed and guide in no time, and remembers what it painted.
final class FakeGenerator: ImageGenerator {
  let sizeMultiple = 8
  let identity: String
  let traits: GeneratorTraits
  let stepDuration: Duration
  private let log = Mutex<[ImageRequest]>([])
  private let batches = Mutex<[Int]>([])
  private let asked = Mutex<[Int]>([])

  init(
    identity: String = "brush",
    traits: GeneratorTraits = GeneratorTraits(
      device: "canvas", precision: "fine", scheduler: "by hand"),
    stepDuration: Duration = .zero
  ) {
    (self.identity, self.traits, self.stepDuration) = (identity, traits, stepDuration)
  }

  var painted: [ImageRequest] { log.withLock { $0 } }
  var batchSizes: [Int] { batches.withLock { $0 } }
  /// Of each batch.
  var steps: [Int] { asked.withLock { $0 } }

  func paint(
    _ requests: [ImageRequest], _ settings: SamplingSettings, progress: (Int, Int) throws -> Void
  ) throws -> [Image] {
    batches.withLock { $0.append(requests.count) }
    asked.withLock { $0.append(settings.steps) }
    for step in 1...settings.steps {
      if stepDuration > .zero { Thread.sleep(forTimeInterval: stepDuration / .seconds(1)) }
      try progress(step, settings.steps)
    }
    log.withLock { $0 += requests }
    return requests.map { request in
      var image =
        request.controlImages.first
        ?? Image(width: request.width, height: request.height, channels: 3, fill: 0)
      var state = request.prompt.utf8.reduce(request.seed) { $0 &* 31 &+ UInt64($1) }
      for index in image.pixels.indices {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        image.pixels[index] = image.pixels[index] / 2 + UInt8(state >> 58)
      }
      return image
    }
  }
}

extension AugmentationPlan {
  /// Runs the plan with Canny's edges and a fake model.
  @discardableResult
  func run(
    into output: URL, generator: FakeGenerator = FakeGenerator(), batchSize: Int = 1,
    shard: Shard? = nil, files: any OutputFiles = Disk(),
    interruption: Interruption = Interruption(),
    recipe: (any Recipe)? = nil, annotator: any ControlAnnotator = CannyDetector(),
    expecting expected: GeneratorTraits = GeneratorTraits(),
    progress: @escaping (AugmentationProgress) -> Void = { _ in }
  ) throws -> AugmentationRun.Outcome {
    try AugmentationRun(
      plan: self, output: output, models: { ["model/unet/weights.safetensors": "ab"] },
      expecting: expected, batchSize: batchSize, shard: shard,
      files: files
    )(
      recipe: {
        recipe
          ?? Repainting(
            self, generator: generator, annotators: settings.priors.map { _ in annotator })
      },
      interruption: interruption, progress: progress)
  }
}

extension AugmentationSource {
  /// A photograph of which nothing is read.
  init(
    stem: String, classes: Set<UInt8>, size: ImageSize = ImageSize(width: 500, height: 400)
  ) {
    let url = URL(fileURLWithPath: "/data/\(stem)")
    self.init(
      SegmentationDataset.Entry(stem: stem, image: url, mask: url), classes: classes, size: size,
      hashes: EntryHashes(image: "", mask: ""))
  }
}

/// The settings that the error of a closure proposes to choose otherwise.
func remedies(_ body: () throws -> some Any) -> [Remedy.Setting] {
  do {
    _ = try body()
    return []
  } catch { return (error as? any Fault)?.remedies.map(\.setting) ?? [] }
}

/// The text of the error that a closure throws.
func message(_ body: () throws -> some Any) -> String {
  do {
    _ = try body()
    return "no error"
  } catch { return "\(error)" }
}
