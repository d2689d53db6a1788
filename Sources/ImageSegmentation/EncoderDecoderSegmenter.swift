public import Checkpoints
import Foundation
public import ImageFiles
import NeuralLayers
public import Tensors
import VisionModels

/// Finds classes with an ``EncoderDecoder``, as its processor says: in the whole image, or window by window.
public struct EncoderDecoderSegmenter: LoadableSegmenter {
  private let network: EncoderDecoder
  private let processor: EncoderDecoderImageProcessor
  private let device: Device
  private let place: String

  /// Loads the network and its processor.
  public init(_ folder: ModelFolder, device: Device, precision: ProductPrecision) throws {
    processor = try EncoderDecoderImageProcessor(folder)
    network = try EncoderDecoder(folder: folder, device: device, precision: precision)
    self.device = device
    place = folder.url.path
  }

  /// The names of `id2label`.
  public var classes: [String] { network.configuration.id2label.names }

  /// Looks at an image.
  public func scores(of image: Image) throws -> ClassScores {
    let input = processor(image, on: device)
    let (height, width) = (input.shape[1], input.shape[2])
    var sum = ScoreSum(height: height, width: width, classes: classes.count)
    for window in processor.windows(height: height, width: width) {
      let part = input.cropped(rows: window.rows, columns: window.columns)
      let logits = network(part).logits
        .resize(
          to: MapSize(height: window.rows.count, width: window.columns.count), .bilinear)
      sum.add(logits.floats(), window.rows, window.columns)
      try device.check()
    }
    return try ClassScores(
      sum.means, width: width, height: height, classes: classes.count, from: place)
  }
}

/// Scores of windows that overlap.
private struct ScoreSum {
  private let width, classes: Int
  private var values: [Float]
  private var counts: [Float]

  init(height: Int, width: Int, classes: Int) {
    (self.width, self.classes) = (width, classes)
    values = [Float](repeating: 0, count: height * width * classes)
    counts = [Float](repeating: 0, count: height * width)
  }

  mutating func add(_ scores: [Float], _ rows: Range<Int>, _ columns: Range<Int>) {
    var next = 0
    for row in rows {
      for column in columns {
        let pixel = row * width + column
        counts[pixel] += 1
        for id in 0..<classes { values[pixel * classes + id] += scores[next + id] }
        next += classes
      }
    }
  }

  /// `[height, width, classes]`
  var means: [Float] {
    counts.allSatisfy { $0 == 1 }
      ? values : values.indices.map { values[$0] / counts[$0 / classes] }
  }
}
