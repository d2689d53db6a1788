import Checkpoints
import Foundation
import TestSupport
import Testing

@Suite struct ModelFolderTests {
  private static let tensor = safetensors(
    #"{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, zeros: 4)
  private static func index(of shard: String) -> String {
    #"{"metadata":{"total_size":4},"weight_map":{"w":"\#(shard)"}}"#
  }

  @Test(arguments: [
    "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.fp16.safetensors",
    "model.safetensors", "model.fp16.safetensors",
  ])
  func findsWeightsUnderTheirUsualNames(name: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.tensor, name)
    let checkpoint = try ModelFolder(folder.url).checkpoint()
    #expect(checkpoint.paths == [file.path])
    #expect(checkpoint.names == ["w"])
  }

  @Test(arguments: [
    ("diffusion_pytorch_model.safetensors.index.json", "x-00001-of-00001.safetensors"),
    ("model.safetensors.index.json", "model-00001-of-00001.safetensors"),
    ("diffusion_pytorch_model.safetensors.index.fp16.json", "x-00001-of-00001.fp16.safetensors"),
    ("diffusion_pytorch_model.fp16.safetensors.index.json", "x.fp16-00001-of-00001.safetensors"),
    ("diffusion_pytorch_model.safetensors.fp16.index.json", "x.fp16-00001-of-00001.safetensors"),
  ])
  func followsIndexesUnderTheirManyNames(index: String, shard: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.index(of: shard), index)
    try folder.write(Self.tensor, shard)
    // A second set of shards, as some folders have, must not be looked at.
    try folder.write("no weights", "y-00001-of-00001.safetensors")
    let checkpoint = try ModelFolder(folder.url).checkpoint()
    #expect(checkpoint.paths == [folder.url.appendingPathComponent(shard).path])
  }

  @Test func prefersFullPrecision() throws {
    let folder = try TemporaryFolder()
    try folder.write("no weights", "model.fp16.safetensors")
    let file = try folder.write(Self.tensor, "model.safetensors")
    #expect(try ModelFolder(folder.url).checkpoint().paths == [file.path])
  }

  @Test func pointsToTheConverterWhenWeightsAreOfAnotherFormat() throws {
    let folder = try TemporaryFolder()
    try folder.write("pickle", "diffusion_pytorch_model.bin")
    try folder.write("{}", "config.json")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(
      error.reason
        == .noWeights(
          expected: ["diffusion_pytorch_model.safetensors", "model.safetensors"],
          found: ["diffusion_pytorch_model.bin"]))
    #expect(error.description.contains("Convert it with tools/convert.py"))
  }

  @Test func saysThatAFolderHasNoWeights() throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(error.location == folder.url.path)
    #expect(error.description.contains("expected diffusion_pytorch_model.safetensors or model"))
  }

  @Test(arguments: ["../evil.safetensors", "/etc/passwd", "a/b.safetensors", "..", ""])
  func refusesShardsOutsideTheFolder(shard: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.index(of: shard), "model.safetensors.index.json")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(error.description.contains("is not the name of a file beside the index"))
  }

  @Test func namesAShardThatIsMissing() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.index(of: "model-2.safetensors"), "model.safetensors.index.json")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(error.location.hasSuffix("/model-2.safetensors"))
  }

  @Test func namesATensorThatItsShardLacks() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"weight_map":{"v":"model-1.safetensors"}}"#, "model.safetensors.index.json")
    try folder.write(Self.tensor, "model-1.safetensors")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(error.description.contains("'v' is in 'model-1.safetensors', which does not have it"))
  }

  @Test(arguments: ["{", "{}", "[]", #"{"weight_map":{"w":1}}"#])
  func refusesAnIndexThatIsNone(text: String) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(text, "model.safetensors.index.json")
    let error = try #require(throws: CheckpointError.self) {
      try ModelFolder(folder.url).checkpoint()
    }
    #expect(error.location == url.path)
  }

  @Test func readsThePipelineIndex() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {
        "_class_name": "StableDiffusionXLPipeline",
        "_diffusers_version": "0.42.1",
        "feature_extractor": [null, null],
        "force_zeros_for_empty_prompt": false,
        "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"],
        "unet": ["diffusers", "UNet2DConditionModel"]
      }
      """, "model_index.json")
    let index = try ModelFolder(folder.url).index()
    #expect(index.className == "StableDiffusionXLPipeline")
    #expect(
      index.components == [
        "text_encoder_2": "CLIPTextModelWithProjection", "unet": "UNet2DConditionModel",
      ])
    #expect(!index.forceZerosForEmptyPrompt)
  }

  @Test(arguments: [
    ("{}", "'_class_name' is missing"), ("[1,", "not valid JSON. "),
    (#"{"_class_name": 1}"#, "_class_name: "),
  ])
  func saysWhatIsWrongWithAPipelineIndex(text: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(text, "model_index.json")
    let error = try #require(throws: CheckpointError.self) { try ModelFolder(folder.url).index() }
    #expect(error.location == url.path)
    #expect(error.description.contains(problem), "\(error)")
  }

  @Test func findsComponentsInSubfolders() throws {
    let folder = try TemporaryFolder()
    let unet = folder.url.appendingPathComponent("unet")
    try FileManager.default.createDirectory(at: unet, withIntermediateDirectories: true)
    try folder.write(#"{"in_channels": 4}"#, "unet/config.json")
    try folder.write(Self.tensor, "unet/diffusion_pytorch_model.safetensors")
    let model = try ModelFolder(folder.url)
    #expect(model.has("unet") && !model.has("vae"))
    #expect(try model.config(of: "unet") == Data(#"{"in_channels": 4}"#.utf8))
    #expect(try model.checkpoint(for: "unet").names == ["w"])
    let error = try #require(throws: CheckpointError.self) { try model.checkpoint(for: "vae") }
    #expect(error.location.hasSuffix("/vae"))
    #expect(throws: CheckpointError.self) { try model.index() }
  }
}
