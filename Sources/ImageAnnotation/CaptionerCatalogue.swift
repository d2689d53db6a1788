import Checkpoints
import Faults
public import Foundation
import LanguageModels
import NeuralLayers
public import Tensors

/// The captioners that can be loaded: the one place that lists them all.
public enum CaptionerCatalogue {
  /// By what `config.json` calls their network.
  static let captioners: [String: any LoadableCaptioner.Type] = [
    "Blip2ForConditionalGeneration": ModelCaptioner<Blip2ForConditionalGeneration>.self,
    "BlipForConditionalGeneration": ModelCaptioner<BlipForConditionalGeneration>.self,
  ]

  /// Loads the captioner of a folder.
  ///
  /// - Parameters:
  ///   - url: A folder as transformers writes it.
  ///   - device: Where its networks run.
  ///   - precision: How products round their operands.
  ///   - options: What captions are to be like.
  ///   - notice: Is told what was passed over.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: ``AnnotationError`` for another network, and what loading throws.
  public static func captioner(
    at url: URL, on device: Device, precision: ProductPrecision, options: CaptionOptions,
    notice: (String) -> Void = { _ in }, check: @escaping @Sendable () throws -> Void = {}
  ) throws -> any Captioner {
    let folder = try ModelFolder(url, check: check)
    let name = try folder.className() ?? "unknown"
    guard let captioner = captioners[name] else {
      throw AnnotationError(
        .badData,
        "\(folder.url.path): config.json names \(name), which is no captioner that runs here. These do: "
          + captioners.keys.sorted().joined(separator: ", ") + ".")
    }
    defer { folder.notices.all.forEach(notice) }
    return try captioner.init(folder, on: device, precision: precision, options: options)
  }
}
