import Checkpoints
import DatasetEvaluation
import Faults
import Foundation
import ImageFiles
import LanguageModels
import NeuralLayers
import SegmentationDatasets
import Tensors
import TestSupport
import Testing
import VisionModels

@Suite struct CLIPEmbedderTests {
  private let expected: Fixture
  private let texts: [String]
  private let images: [Image]

  init() throws {
    expected = try Fixture("clip/expected")
    texts = try JSONDecoder().decode(
      [String].self, from: Data((expected.metadata["texts"] ?? "").utf8))
    images = try (1...2).map {
      try Image(contentsOf: Fixture.url("pipelines/sd15/image_prompt_\($0).png"))
    }
  }

  private static func folder() throws -> ModelFolder {
    try ModelFolder(Fixture.url("clip/model"))
  }

  private func numbers(_ name: String) -> [Float] { expected[name].floats() }

  /// Tokenizer, preprocessing and the rule of old configurations included.
  @Test(arguments: Device.backendsUnderTest)
  func embedsAsTransformers(device: Device) throws {
    let embedder = try CLIPEmbedder(Self.folder(), device: device)
    expectClose(
      try Array(embedder(images).joined()), numbers("image_embeds"), within: .float32)
    expectClose(try Array(embedder(texts).joined()), numbers("text_embeds"), within: .float32)
    #expect(embedder.unreadPart(of: texts[0]) == nil)
    #expect(embedder.unreadPart(of: texts[3])?.isEmpty == false)
  }

  @Test func anEmbeddingDoesNotDependOnItsNeighbours() throws {
    let embedder = try CLIPEmbedder(Self.folder(), device: .sharedCPU)
    let many = try embedder([Image](repeating: images[0], count: 17) + images)
    let alone = try embedder([images[1]])[0]
    #expect(many[18] == alone)
    #expect(many[16] == many[0])
  }

  @Test func scoresAsCLIPScore() throws {
    let embedder = try CLIPEmbedder(Self.folder(), device: .sharedCPU)
    let captions = try embedder(texts.map { CLIPScore.prefix + $0 })
    let scores = try embedder(images).flatMap { image in
      captions.map { Float(CLIPScore.score(image, $0)) }
    }
    expectClose(scores, numbers("clip_score"), within: .float32)
    #expect(scores.contains(0))
  }

  /// Of each class's box and its words; what has no name is left out.
  @Test func comparesPartsOfImagesWithTheirClasses() throws {
    let embedder = try CLIPEmbedder(Self.folder(), device: .sharedCPU)
    let image = images[0]
    let ids = (0..<image.width * image.height).map { pixel -> UInt8 in
      let (x, y) = (pixel % image.width, pixel / image.width)
      return y >= 50 ? 99 : (10..<40).contains(x) ? 12 : x > 60 ? 11 : 0
    }
    let mask = LabelImage(width: image.width, height: image.height, ids: ids)
    let objects = try ClassSimilarities(embedder, classes: .voc)(image, at: 3, mask: mask)
    #expect(objects.map(\.category) == ["diningtable", "dog"])
    #expect(objects.allSatisfy { $0.image == 3 })
    let dog = try embedder([image.cropped(x: 10, y: 0, width: 30, height: 50)])[0]
    let words = try embedder(["a photo of a dining table", "a photo of a dog"])
    #expect(objects[1].similarity == cosine(dog, words[1]))
    let table = try embedder(
      [image.cropped(x: 61, y: 0, width: image.width - 61, height: 50)])[0]
    #expect(objects[0].similarity == cosine(table, words[0]))
  }

  /// The towers of a pipeline, of which the second text encoder alone has a projection.
  @Test func takesTheTowersOfAPipeline() throws {
    let folder = try TemporaryFolder()
    try Self.writeTowers(to: folder)
    let embedder = try CLIPEmbedder(ModelFolder(folder.url), device: .sharedCPU)
    expectClose(
      try Array(embedder(images).joined()), numbers("image_embeds"), within: .float32)
    expectClose(try Array(embedder(texts).joined()), numbers("text_embeds"), within: .float32)
  }

  @Test func saysWhatAFolderLacks() throws {
    func message(_ folder: URL) throws -> String {
      try #require(throws: EvaluationError.self) {
        try CLIPEmbedder(ModelFolder(folder), device: .sharedCPU)
      }.description
    }
    let folder = try TemporaryFolder()
    #expect(try message(folder.url).contains("no 'image_encoder'"))
    try Self.writeTowers(to: folder)
    let text = try message(folder.appending("text_encoder_2"))
    #expect(text.contains("this is a CLIPTextModelWithProjection; expected a CLIPModel"))
    try FileManager.default.removeItem(at: folder.appending("text_encoder_2"))
    #expect(try message(folder.url).contains("no text encoder has a projection to the 20 channels"))
  }

  /// A tokenizer of another model.
  @Test func partsHaveToFit() throws {
    let folder = try TemporaryFolder()
    let model = folder.appending("model")
    try FileManager.default.copyItem(at: Fixture.url("clip/model"), to: model)
    let config = try String(
      contentsOf: model.appending(path: "config.json"), encoding: .utf8)
    try folder.write(
      config.replacing("\"max_position_embeddings\": 20", with: "\"max_position_embeddings\": 9"),
      "model/config.json")
    #expect(throws: CheckpointError.self) {
      try CLIPEmbedder(ModelFolder(model), device: .sharedCPU)
    }
    try folder.write(config, "model/config.json")
    let tokenizer = try String(
      contentsOf: model.appending(path: "tokenizer_config.json"), encoding: .utf8)
    try folder.write(
      tokenizer.replacing("\"model_max_length\": 20", with: "\"model_max_length\": 21"),
      "model/tokenizer_config.json")
    let error = try #require(throws: EvaluationError.self) {
      try CLIPEmbedder(ModelFolder(model), device: .sharedCPU)
    }
    #expect(error.description.contains("21 tokens") && error.kind == .badData)
  }

  /// A numberless network has no embeddings.
  @Test func refusesEmbeddingsWithoutADirection() throws {
    let folder = try TemporaryFolder()
    let model = folder.appending("model")
    try FileManager.default.copyItem(at: Fixture.url("clip/model"), to: model)
    let source = try Checkpoint(model.appending(path: "model.safetensors"))
    var writer = SafetensorsWriter()
    for name in source.names {
      let tensor = try source.tensor(named: name, on: .sharedCPU)
      let isProjection = name == "text_projection.weight"
      writer.add(name, isProjection ? Tensor(repeating: 0, tensor.shape, on: .sharedCPU) : tensor)
    }
    try writer.write(to: model.appending(path: "model.safetensors"))
    let embedder = try CLIPEmbedder(ModelFolder(model), device: .sharedCPU)
    #expect(try embedder(images).count == 2)
    let error = try #require(throws: EvaluationError.self) { try embedder(texts) }
    #expect(error.kind == .degenerate)
  }

  /// Writes the fixture's encoders as diffusers lays them out.
  private static func writeTowers(to folder: TemporaryFolder) throws {
    let whole = try Self.folder()
    let configuration = try CLIPConfiguration(whole)
    var text = configuration.textConfig
    var vision = configuration.visionConfig
    (text.architectures, vision.architectures) = ([.withProjection], [.withProjection])
    (text.projectionDim, vision.projectionDim) = (20, 20)
    try folder.write(text.json(), "text_encoder_2/config.json")
    try folder.write(vision.json(), "image_encoder/config.json")
    text.architectures = [.textModel]
    try folder.write(text.json(), "text_encoder/config.json")
    let source = try whole.checkpoint()
    for (part, prefix) in [("text_encoder_2", "text_"), ("image_encoder", "vis")] {
      var writer = SafetensorsWriter()
      for name in source.names where name.hasPrefix(prefix) {
        writer.add(name, try source.tensor(named: name, on: .sharedCPU))
      }
      try writer.write(to: folder.appending("\(part)/model.safetensors"))
    }
    for name in ["vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"] {
      try folder.write(whole.file(name), "tokenizer_2/\(name)")
    }
    let processor = "preprocessor_config.json"
    try folder.write(whole.file(processor), "feature_extractor/\(processor)")
  }
}
