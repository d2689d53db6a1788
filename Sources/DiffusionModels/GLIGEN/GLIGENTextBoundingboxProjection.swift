import Checkpoints
import Foundation
import NeuralLayers
public import Tensors

/// A thing that shall be in a box.
public struct GroundedObject: Sendable {
  /// What it is: the pooled output of the text encoder, `[1, C]`.
  public let phrase: Tensor
  /// Where it is.
  public let box: BoundingBox

  /// Puts a thing into a box.
  public init(phrase: Tensor, box: BoundingBox) {
    (self.phrase, self.box) = (phrase, box)
  }
}

/// Makes tokens of phrases in boxes; diffusers' class of this name, for text alone.
///
/// Source: Li et al., "GLIGEN: Open-Set Grounded Text-to-Image Generation", CVPR 2023, arXiv 2301.07093.
struct GLIGENTextBoundingboxProjection: Sendable {
  /// Channels of the two hidden layers.
  private static let hiddenChannels = 512
  /// Frequencies at which a coordinate is embedded: 1 … 100, in a geometric row.
  private static let frequencies = (0..<8).map { Float(pow(100, Double($0) / 8)) }
  /// Numbers of an embedded box: sine and cosine of four coordinates at every frequency.
  private static let positionChannels = 2 * 4 * frequencies.count

  let linears: [Linear]
  /// What stands in a slot without an object, `[1, channels]` and `[1, positionChannels]`.
  let nullPhrase, nullPosition: Tensor

  init(_ p: Parameters, channels: Int) throws {
    let (hidden, positions) = (Self.hiddenChannels, Self.positionChannels)
    linears = [
      try Linear(p.linears[0], from: channels + positions, to: hidden, activation: .silu),
      try Linear(p.linears[2], from: hidden, to: hidden, activation: .silu),
      try Linear(p.linears[4], from: hidden, to: channels),
    ]
    nullPhrase = try p.tensor("null_positive_feature", [channels]).reshaped([1, channels])
    nullPosition = try p.tensor("null_position_feature", [positions]).reshaped([1, positions])
  }

  /// - Parameters:
  ///   - objects: Those of each sample, at most as many as there are slots.
  ///   - slots: Tokens of a sample.
  ///   - device: Where the tokens go.
  /// - Returns: `[N, slots, channels]`; what has no object is a token all the same.
  func callAsFunction(_ objects: [[GroundedObject]], slots: Int, on device: Device) -> Tensor {
    let channels = nullPhrase.shape[1]
    let rows = objects.count * slots
    let phrases = Tensor.stack(
      samples: objects.flatMap { objects in
        let blanks = Tensor(repeating: 0, [slots - objects.count, channels], on: device)
        return objects.map(\.phrase) + [blanks]
      })
    let positions = objects.flatMap { objects in
      objects.flatMap { Self.embedding(of: $0.box) }
        + [Float](repeating: 0, count: (slots - objects.count) * Self.positionChannels)
    }
    let filled = objects.flatMap { objects in
      (0..<slots).map { Float($0 < objects.count ? 1 : 0) }
    }
    let mask = Tensor(filled, [rows, 1], on: device)
    let rest = Tensor(filled.map { 1 - $0 }, [rows, 1], on: device)
    let features = Tensor.concatenate([
      phrases * mask + nullPhrase.repeated(samples: rows) * rest,
      Tensor(positions, [rows, Self.positionChannels], on: device) * mask
        + nullPosition.repeated(samples: rows) * rest,
    ])
    return linears.reduce(features) { $1($0) }.reshaped([objects.count, slots, channels])
  }

  /// For each frequency the sines of all coordinates, then their cosines.
  private static func embedding(of box: BoundingBox) -> [Float] {
    frequencies.flatMap { frequency in
      let angles = box.coordinates.map { Double(frequency * $0) }
      return angles.map { Float(sin($0)) } + angles.map { Float(cos($0)) }
    }
  }
}
