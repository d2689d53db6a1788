public import Foundation
public import ImageFiles
import ImageTensors
public import Tensors
import VisionModels

/// Soft edges found by a network, white on black.
///
/// Source: Xie and Tu, "Holistically-Nested Edge Detection", ICCV 2015; rounded down to 8 bits as in controlnet_aux.
public struct HEDdetector: StagedAnnotator {
  /// Whether edges keep few levels, so that they tell less of the photograph.
  public var safe: Bool
  /// Whether edges become lines as if by hand.
  public var scribble: Bool

  private let network: AnnotatorNetwork<ControlNetHED>

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - url: A folder as `tools/convert.py` writes it, or a safetensors file with the published names.
  ///   - device: Where the network runs.
  ///   - safe: Whether edges keep few levels.
  ///   - scribble: Whether edges become lines as if by hand.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  public init(
    at url: URL, device: Device, safe: Bool = false, scribble: Bool = false,
    check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try AnnotatorNetwork(at: url, device: device, check: check)
    (self.safe, self.scribble) = (safe, scribble)
  }

  /// Finds soft edges.
  ///
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func detect(_ image: Image) throws -> Image {
    // Four halvings have to leave a pixel.
    let input = image.stretched(toMultiplesOf: 1, atLeast: 16)
    let odds = try network.numbers { $0(input.tensor(on: network.device, in: .levels)) }
    let levels = odds.map { odds in
      let edge = 1 / (1 + exp(-Double(odds)))
      return safe ? EdgeFinish.safe(Float(edge)) * 255 : Float(edge * 255)
    }
    return Image(levels: levels, of: input, sizedAs: image)
  }

  /// Makes lines of the edges, if that is wanted.
  public func finish(_ map: Image) -> Image { scribble ? EdgeFinish.scribble(map) : map }
}
