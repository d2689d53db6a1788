import Checkpoints
import DiffusionModels
import DiffusionPipelines
import Foundation
import ImageFiles
import KnownModels
import LanguageModels
import Tensors
import TestSupport
import Testing

/// Folders as libraries and people really leave them.
@Suite struct ModelPartsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SyntheticModel(.tiny).write(to: folder.url)
  }

  private func load() throws -> StableDiffusionPipeline {
    try StableDiffusionPipeline(
      folder: folder.url, controls: [folder.appending("adapter")], device: .sharedCPU)
  }

  /// Adds members to a JSON object in a file.
  private func add(_ members: String, to file: String) throws {
    let text = try String(contentsOf: folder.appending(file), encoding: .utf8)
    let start = try #require(text.firstIndex(of: "{"))
    try folder.write("{\(members),\(text[text.index(after: start)...])", file)
  }

  /// The forms in which transformers 4.30 to 5 wrote the tokens that have no part to play.
  @Test(arguments: [
    (#""extra_special_tokens": {}"#, false), (#""extra_special_tokens": {"mark": "!"}"#, true),
    (#""extra_special_tokens": ["!"]"#, true), (#""extra_special_tokens": null"#, false),
    (#""additional_special_tokens": [{"content": "!", "special": true}]"#, true),
    (#""additional_special_tokens": ["!"], "extra_special_tokens": {}"#, true),
    (#""additional_special_tokens": null, "added_tokens_decoder": {}"#, false),
    (#""additional_special_tokens": [], "clean_up_tokenization_spaces": NaN"#, false),
  ])
  func readsTokenizersOfAnyVersion(members: String, marksAreTokens: Bool) throws {
    try add(members, to: "tokenizer/tokenizer_config.json")
    let tokenizer = try CLIPTokenizer(folder: folder.appending("tokenizer"))
    // An added token is one number wherever it stands; a letter's depends on the end of its word.
    let ids = tokenizer("!!").ids
    #expect((ids[1] == ids[2]) == marksAreTokens)
    _ = try load()
  }

  @Test func takesTheUsualLengthWhereTheFileHasNoLimit() throws {
    let file = "tokenizer/tokenizer_config.json"
    let text = try String(contentsOf: folder.appending(file), encoding: .utf8)
    try folder.write(text.replacing(":77", with: ":1000000000000000019884624838656"), file)
    #expect(try CLIPTokenizer(folder: folder.appending("tokenizer")).maxLength == 77)
  }

  @Test func passesOverAnAdaptersOwnKeys() throws {
    try add(#""name": "canny", "version": 2"#, to: "adapter/config.json")
    let notices = try load().notices
    #expect(notices.count == 1)
    #expect(notices.first?.contains("'name', 'version'") == true)
  }

  @Test func takesListsWhereDiffusersDoes() throws {
    let file = "unet/config.json"
    let text = try String(contentsOf: folder.appending(file), encoding: .utf8)
    try folder.write(
      text.replacing("\"sample_size\" : 16", with: "\"sample_size\" : [16, 24]"), file)
    try add(#""only_cross_attention": [false, false, false, false]"#, to: file)
    #expect(try load().defaultSize == ImageSize(width: 192, height: 128))
  }

  @Test(arguments: [
    ("tokenizer/added_tokens.json", #"{"dog": 600}"#, "600"),
    ("tokenizer/added_tokens.json", #"{"dog": -1}"#, "-1"),
  ])
  func refusesTokensThatTheTextEncoderDoesNotKnow(file: String, json: String, named: String) throws
  {
    try folder.write(json, file)
    do {
      _ = try load()
      Issue.record("nothing was thrown")
    } catch {
      #expect("\(error)".contains(named))
      #expect("\(error)".contains("token"))
    }
  }

  @Test func refusesPromptsLongerThanTheTextEncodersPositions() throws {
    let file = "tokenizer/tokenizer_config.json"
    let text = try String(contentsOf: folder.appending(file), encoding: .utf8)
    try folder.write(text.replacing("77", with: "78"), file)
    let error = try #require(throws: PipelineError.self) { try load() }
    #expect(error.description.contains("78") && error.description.contains("77 positions"))
  }

  /// A safety checker without readable weights, as it is often published.
  @Test(arguments: Device.underTest) func doesNotLookAtPartsThatNobodyReads(on device: Device)
    throws
  {
    try folder.write("pickled", "safety_checker/pytorch_model.bin")
    try folder.write(#"{"architectures": ["Checker"]}"#, "safety_checker/config.json")
    try add(#""safety_checker": ["stable_diffusion", "Checker"]"#, to: "model_index.json")
    _ = try StableDiffusionPipeline(folder: folder.url, device: device)
    let inspection = try PipelineInspection(ModelFolder(folder.url), among: ModelCatalogue.models)
    #expect(inspection.problems.isEmpty)
    #expect(inspection.unused.map(\.name) == ["safety_checker"])
  }

  @Test(arguments: ["unet", "vae", "text_encoder", "tokenizer", "scheduler"])
  func inspectionFindsAMissingPart(name: String) throws {
    try FileManager.default.removeItem(at: folder.appending(name))
    let inspection = try PipelineInspection(ModelFolder(folder.url), among: ModelCatalogue.models)
    #expect(inspection.problems.count == 1)
    #expect(inspection.problems.map { "\($0)" }.first?.contains(name) == true)
    #expect(throws: (any Error).self) { try load() }
  }

  @Test func inspectionFindsWhatLoadingRefuses() throws {
    try folder.write(#"{"_class_name": "EDMEulerScheduler"}"#, "scheduler/scheduler_config.json")
    try folder.write(#"{"dog": 600}"#, "tokenizer/added_tokens.json")
    let inspection = try PipelineInspection(ModelFolder(folder.url), among: ModelCatalogue.models)
    #expect(inspection.problems.contains { "\($0)".contains("EDMEulerScheduler") })
    try folder.write(#"{"_class_name": "DDIMScheduler"}"#, "scheduler/scheduler_config.json")
    let parts = try PipelineInspection(ModelFolder(folder.url), among: ModelCatalogue.models)
    #expect(parts.problems.count == 1)
    #expect(parts.problems.map { "\($0)" }.first?.contains("600") == true)
  }

  @Test func namesTheFolderBelowThatIsTheModel() throws {
    let outer = try TemporaryFolder()
    try SyntheticModel(.tiny).write(to: outer.appending("sd15"))
    let error = try #require(throws: PipelineError.self) {
      try StableDiffusionPipeline(folder: outer.url, device: .sharedCPU)
    }
    #expect(error.description.contains("sub-folder 'sd15'"))
  }
}
