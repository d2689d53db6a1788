public import Foundation
public import ImageFiles
import ImageTensors
public import Tensors
import VisionModels

/// Edges found by a small network, white on black.
///
/// Source: Su et al., "Pixel Difference Networks for Efficient Edge Detection", ICCV 2021; rounded down to 8 bits as in
/// controlnet_aux.
public struct PidiNetDetector: StagedAnnotator {
  /// Whether edges keep few levels, so that they tell less of the photograph.
  public var safe: Bool
  /// Whether edges become lines as if by hand.
  public var scribble: Bool
  /// Whether edges are cut at one half, as adapters for sketches expect it.
  public var appliesFilter: Bool

  private let network: AnnotatorNetwork<PiDiNet>

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - url: A folder as `tools/convert.py` writes it, or a safetensors file with the published names.
  ///   - device: Where the network runs.
  ///   - safe: Whether edges keep few levels.
  ///   - scribble: Whether edges become lines as if by hand.
  ///   - appliesFilter: Whether edges are cut at one half.
  ///   - check: Called before each tensor is read; what it throws ends the loading.
  /// - Throws: `CheckpointError` for files that are missing, damaged or another network's.
  public init(
    at url: URL, device: Device, safe: Bool = false, scribble: Bool = false,
    appliesFilter: Bool = false, check: @escaping @Sendable () throws -> Void = {}
  ) throws {
    network = try AnnotatorNetwork(at: url, device: device, check: check)
    (self.safe, self.scribble, self.appliesFilter) = (safe, scribble, appliesFilter)
  }

  /// Finds edges.
  ///
  /// - Throws: ``AnnotationError`` when the network gives no numbers; what the device finds wrong.
  public func detect(_ image: Image) throws -> Image {
    // Three halvings have to leave a pixel.
    let input = image.stretched(toMultiplesOf: 1, atLeast: 8)
    let edges = try network.numbers { $0(input.bgr().tensor(on: network.device)) }
    let levels = edges.map { edge in
      let kept: Float = appliesFilter ? (edge > 0.5 ? 1 : 0) : edge
      return (safe ? EdgeFinish.safe(kept) : kept) * 255
    }
    return Image(levels: levels, of: input, sizedAs: image)
  }

  /// Makes lines of the edges, if that is wanted.
  public func finish(_ map: Image) -> Image { scribble ? EdgeFinish.scribble(map) : map }
}

extension Image {
  /// An RGB image with red and blue exchanged.
  fileprivate func bgr() -> Image {
    var turned = pixels
    for start in stride(from: 0, to: turned.count, by: 3) { turned.swapAt(start, start + 2) }
    return Image(width: width, height: height, channels: 3, pixels: turned)
  }
}
