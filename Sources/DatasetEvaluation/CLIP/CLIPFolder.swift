import Checkpoints
import Faults
import Foundation
import LanguageModels
import NeuralLayers
import VisionModels

/// Where CLIP's two encoders are: in a folder of transformers' `CLIPModel`, or side by side in one of diffusers.
enum CLIPFolder {
  /// One model with both.
  case whole(ModelFolder)
  /// A text encoder and its tokenizer, an image encoder, and where images' preprocessing is described.
  case parts(text: ModelFolder, tokenizer: ModelFolder, vision: ModelFolder, processor: ModelFolder)

  /// Recognises a folder.
  ///
  /// - Throws: `EvaluationError` for a folder that lacks an encoder or a projection.
  init(_ folder: ModelFolder) throws {
    guard folder.has("config.json") else {
      self = try Self.parts(of: folder)
      return
    }
    let name = try folder.className() ?? "unknown"
    guard name == "CLIPModel" || name == "clip" else {
      throw EvaluationError(
        .badData,
        "\(folder.url.path): this is a \(name); expected a CLIPModel, which reads words and looks at images, "
          + "or a folder with 'text_encoder' and 'image_encoder', both with a projection.")
    }
    self = .whole(folder)
  }

  /// Finds the encoders of a pipeline: that of images, and the first of words whose projection has as many channels.
  private static func parts(of folder: ModelFolder) throws -> CLIPFolder {
    let expectation =
      "Expected a CLIPModel's folder, or one with 'text_encoder' and 'image_encoder'."
    guard folder.has("image_encoder") else {
      throw EvaluationError(
        .badData,
        "\(folder.url.path): there is no config.json and no 'image_encoder', so nothing looks at images. "
          + expectation)
    }
    let vision = try folder.component("image_encoder")
    let channels = try CLIPVisionConfiguration(vision)
    for suffix in ["", "_2"] where folder.has("text_encoder" + suffix) {
      let text = try folder.component("text_encoder" + suffix)
      let configuration = try CLIPTextConfiguration(text)
      guard configuration.hasProjection, channels.hasProjection,
        configuration.projectionDim == channels.projectionDim
      else { continue }
      let processor = folder.has("feature_extractor") ? "feature_extractor" : "image_encoder"
      return .parts(
        text: text, tokenizer: try folder.component("tokenizer" + suffix), vision: vision,
        processor: try folder.component(processor))
    }
    throw EvaluationError(
      .badData,
      "\(folder.url.path): no text encoder has a projection to the \(channels.projectionDim) channels of "
        + "'image_encoder', so that words cannot be compared with images. " + expectation)
  }
}
