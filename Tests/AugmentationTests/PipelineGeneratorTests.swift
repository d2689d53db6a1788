import Augmentation
import DiffusionPipelines
import DurableFiles
import Faults
import Foundation
import ImageAnnotation
import ImageFiles
import SegmentationDatasets
import Tensors
import TestSupport
import Testing

/// The whole way with a real, if tiny, model and adapter: photographs in, dataset out.
@Suite struct PipelineGeneratorTests {
  private var models: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/pipelines/sd15")
  }

  private func run(
    _ plan: AugmentationPlan, into output: URL, on device: Device, batchSize: Int
  ) throws -> AugmentationRun.Outcome {
    let folders = [
      "model": models.appendingPathComponent("model"),
      "adapter": models.appendingPathComponent("adapter"),
    ]
    let interruption = Interruption()
    let files = try ModelFiles(of: folders, interruption: interruption)
    let run = AugmentationRun(plan: plan, output: output, models: files, batchSize: batchSize)
    return try run(
      recipe: {
        Repainting(
          plan,
          generator: try StableDiffusionPipeline(
            folder: models.appendingPathComponent("model"),
            controls: [models.appendingPathComponent("adapter")], device: device),
          annotators: [CannyDetector()])
      }, interruption: interruption, progress: { _ in })
  }

  @Test(arguments: Device.underTest) func repaintsADataset(on device: Device) throws {
    let dataset = try TestDataset()
    var settings = TestDataset.settings
    settings.images = 3
    settings.resolution = 64
    let plan = try dataset.plan(settings)
    let (alone, together) = (dataset.folder.appending("alone"), dataset.folder.appending("batch"))
    #expect(try run(plan, into: alone, on: device, batchSize: 1).painted == 3)
    #expect(try run(plan, into: together, on: device, batchSize: 2).painted == 3)
    #expect(try tree(alone) == tree(together))

    for record in try LedgerRecord.all(in: alone) {
      #expect(record.paintedOn == device.backend.identity)
      #expect(
        record.generator
          == GeneratorTraits(
            device: device == .sharedVulkan ? "vulkan" : "cpu", precision: "fp32",
            scheduler: "ddim"))
      let source = try #require(record.source)
      let photograph = try Image(
        contentsOf: alone.appendingPathComponent("JPEGImages/\(source)_\(record.copy).jpg"))
      #expect(
        try record.painted
          == GenerationSize(of: photograph.size, named: "", resolution: 64, multiple: 8))
      let unet = models.appendingPathComponent("model/unet/diffusion_pytorch_model.safetensors")
      #expect(
        try record.models["model/unet/diffusion_pytorch_model.safetensors"]
          == Data(contentsOf: unet).sha256)
      #expect(record.models["adapter/config.json"] != nil)
    }
  }
}

@Suite struct ModelFilesTests {
  @Test func explainsFoldersWithoutWeights() throws {
    let folder = try TemporaryFolder()
    let interruption = Interruption()
    #expect(
      message { try ModelFiles(of: ["prior": folder.url], interruption: interruption) }
        .contains("no weights"))
    #expect(
      message {
        try ModelFiles(of: ["model": folder.appending("nowhere")], interruption: interruption)
      }.contains("no such folder"))
  }

  @Test func saysThatAFileHasChangedSinceItWasHashed() throws {
    let folder = try TemporaryFolder()
    try folder.write("weights", "a.safetensors")
    let files = try ModelFiles(of: ["prior": folder.url], interruption: Interruption())
    try files.requireUnchanged()
    try folder.write("other weights", "a.safetensors")
    #expect(message { try files.requireUnchanged() }.contains("a.safetensors"))
  }

  @Test func readsAnEntryOfTheHubsCache() throws {
    let folder = try TemporaryFolder()
    try folder.write("12ab", "models--a--b/refs/main")
    try folder.write("weights", "models--a--b/snapshots/12ab/a.safetensors")
    let files = try ModelFiles(
      of: ["adapter": folder.appending("models--a--b")], interruption: Interruption())
    #expect(try files.hashes == ["adapter/a.safetensors": Data("weights".utf8).sha256])
  }

  @Test func aFileThatTwoModelsShareHasOneHash() throws {
    let folder = try TemporaryFolder()
    try folder.write("weights", "a/a.safetensors")
    try FileManager.default.createSymbolicLink(
      at: folder.appending("b.safetensors"), withDestinationURL: folder.appending("a/a.safetensors")
    )
    let files = try ModelFiles(
      of: ["adapter": folder.appending("a"), "prior": folder.appending("b.safetensors")],
      interruption: Interruption())
    let hash = Data("weights".utf8).sha256
    #expect(
      try files.hashes == ["adapter/a.safetensors": hash, "prior/b.safetensors": hash])
  }

  @Test func anInterruptionEndsTheReading() throws {
    let folder = try TemporaryFolder()
    try folder.write("weights", "a.safetensors")
    let interruption = Interruption()
    interruption.request()
    let files = try ModelFiles(of: ["model": folder.url], interruption: interruption)
    #expect { try files.hashes } throws: { ($0 as? AugmentationError)?.kind == .interrupted }
  }

  @Test func readsComponentsAndNotWhatLiesBesideThem() throws {
    let folder = try TemporaryFolder()
    for path in [
      "all.safetensors", "unet/config.json", "unet/a.safetensors", "unet/readme.md",
      "safety_checker/b.safetensors",
    ] {
      try folder.write("abc", path)
    }
    let index = #"{"_class_name": "StableDiffusionPipeline"}"#
    try folder.write(index, "model_index.json")
    let hashes = try ModelFiles(of: ["model": folder.url], interruption: Interruption()).hashes
    #expect(
      Set(hashes.keys) == [
        "model/model_index.json", "model/unet/config.json", "model/unet/a.safetensors",
      ])
    #expect(Set(hashes.values) == [Data("abc".utf8).sha256, Data(index.utf8).sha256])
  }
}
