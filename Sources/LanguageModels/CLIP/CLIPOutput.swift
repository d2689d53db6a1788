import Foundation
import Tensors
public import VisionModels

/// What a ``CLIPModel`` makes of texts and images.
public struct CLIPOutput: Sendable {
  /// Of the texts; its embeddings are projected, not normalised.
  public let text: CLIPTextOutput
  /// Of the images, in the same way.
  public let vision: CLIPVisionOutput
  let logitScale: Tensor

  /// How well each image goes with each text: their cosine times the exponential of `logit_scale`. Waits for the device.
  ///
  /// - Returns: A row an image, with a number a text; transformers' `logits_per_image`.
  public var logitsPerImage: [[Double]] {
    guard let images = vision.imageEmbeddings, let texts = text.textEmbeddings else { return [] }
    let scale = exp(Double(logitScale.floats()[0]))
    return cosines(rows(of: images), rows(of: texts)).map { row in row.map { scale * $0 } }
  }

  private func rows(of tensor: Tensor) -> [[Float]] {
    (0..<tensor.shape[0]).map { tensor.samples($0..<$0 + 1).floats() }
  }
}

/// The cosine of the angle between each of some vectors and each of others.
///
/// - Parameters:
///   - rows: Vectors, all of one length.
///   - columns: Vectors of the same length.
/// - Returns: A row for each of `rows`; NaN for a vector that is zero.
public func cosines(_ rows: [[Float]], _ columns: [[Float]]) -> [[Double]] {
  rows.map { row in columns.map { cosine(row, $0) } }
}

/// The cosine of the angle between two vectors, NaN where one of them is zero.
public func cosine(_ a: [Float], _ b: [Float]) -> Double {
  precondition(a.count == b.count, "cosine: vectors of \(a.count) and \(b.count) numbers")
  var (product, first, second) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    product += Double(x) * Double(y)
    first += Double(x) * Double(x)
    second += Double(y) * Double(y)
  }
  return product / (first * second).squareRoot()
}
