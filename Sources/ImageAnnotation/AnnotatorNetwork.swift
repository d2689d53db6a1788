import Checkpoints
import Faults
import Foundation
import ImageFiles
import NeuralLayers
import Tensors

/// The network of an annotator: where it came from and where it runs.
struct AnnotatorNetwork<Model: PretrainedModel> {
  let model: Model
  let device: Device
  private let place: String

  /// Loads the network of a folder, as `tools/convert.py` writes it, or of a safetensors file with the published names.
  ///
  /// - Parameters:
  ///   - url: The folder or file.
  ///   - device: Where the network runs.
  ///   - published: How the network of a file is built; the published one's configuration unless told otherwise.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  init(
    at url: URL, device: Device,
    published: (Checkpoint) -> Model.Configuration = { _ in Model.Configuration() },
    check: @escaping @Sendable () throws -> Void
  ) throws {
    if url.pathExtension == "safetensors" {
      let checkpoint = try Checkpoint(url, check: check)
      model = try Model(Parameters(checkpoint, device: device), published(checkpoint))
    } else {
      model = try Model(folder: ModelFolder(url, check: check), device: device)
    }
    place = url.path
    self.device = device
  }

  /// What the network makes of an image, after it is done.
  ///
  /// - Throws: ``AnnotationError`` when it gives no numbers; what the device finds wrong.
  func numbers(_ compute: (Model) -> Tensor) throws -> [Float] {
    let numbers = compute(model).floats()
    try device.check()
    guard numbers.allSatisfy(\.isFinite) else {
      throw AnnotationError(
        .badData,
        "\(place): the annotator's network gave numbers that are not finite. Check its weights.")
    }
    return numbers
  }
}

extension Image {
  /// The image in RGB, each side stretched to the next multiple that a network takes.
  func stretched(toMultiplesOf multiple: Int, atLeast smallest: Int) -> Image {
    func side(_ length: Int) -> Int {
      max(smallest, (length + multiple - 1) / multiple * multiple)
    }
    return rgb().resized(width: side(width), height: side(height), .bilinear)
  }

  /// A grey image of numbers in 0 … 255, rounded down, brought to another image's size.
  init(levels: [Float], of stretched: Image, sizedAs image: Image) {
    let drawn = Image(
      width: stretched.width, height: stretched.height, channels: 1,
      pixels: levels.map { UInt8(min(max($0, 0), 255)) })
    self = drawn.resized(width: image.width, height: image.height, .bilinear)
  }

  /// White made black, and the other way round.
  func inverted() -> Image {
    var inverted = self
    inverted.pixels = pixels.map { 255 - $0 }
    return inverted
  }
}
