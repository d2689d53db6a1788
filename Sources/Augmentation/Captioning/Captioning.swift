public import Faults
public import Foundation
public import ImageAnnotation
import ImageFiles

/// Captions images, a batch after another.
public struct Captioning: Sendable {
  /// An image and what it is called.
  public struct Source: Sendable, Equatable {
    /// The name in the captions' lines.
    public let name: String
    /// The file.
    public let url: URL

    /// Names an image.
    public init(name: String, url: URL) { (self.name, self.url) = (name, url) }
  }

  /// What may happen in between.
  public enum Event {
    /// An image cannot be read; the others go on.
    case unreadable(any Fault)
    /// Something is unusual about an image that has every pixel.
    case warning(String)
    /// Captions were made.
    case finished([(source: Source, caption: String)])
  }

  let sources: [Source]
  let batchSize: Int
  let seed: UInt64

  /// Describes the work.
  ///
  /// - Parameters:
  ///   - sources: The images.
  ///   - batchSize: How many are captioned at once; the captions do not depend on it.
  ///   - seed: Chooses the words where they are drawn, with each image's name.
  public init(_ sources: [Source], batchSize: Int, seed: UInt64 = 0) {
    (self.sources, self.batchSize, self.seed) = (sources, batchSize, seed)
  }

  /// Does it.
  ///
  /// - Parameters:
  ///   - captioner: Who describes.
  ///   - interruption: Ends the work between two tokens; captions that were told of are finished.
  ///   - tell: What happens; what it throws ends the work.
  /// - Throws: What captioning and `tell` throw.
  public func callAsFunction(
    _ captioner: any Captioner, interruption: Interruption, tell: (Event) throws -> Void
  ) throws {
    for start in stride(from: 0, to: sources.count, by: batchSize) {
      try interruption.check()
      let batch = sources[start..<min(start + batchSize, sources.count)]
      let read = try batch.compactMap { source in
        try image(of: source, tell).map { (source: source, image: $0) }
      }
      if read.isEmpty { continue }
      let captions = try captioner(
        read.map(\.image),
        seeds: read.map { ImageSeed.seed(run: seed, stem: $0.source.name, copy: 0) },
        check: interruption.check)
      try tell(.finished(zip(read, captions).map { ($0.source, $1) }))
    }
  }

  private func image(of source: Source, _ tell: (Event) throws -> Void) throws -> Image? {
    var warnings: [String] = []
    let result = Result { () throws(ImageError) in
      try Image(contentsOf: source.url) { warnings.append($0) }
    }
    for warning in warnings { try tell(.warning(warning)) }
    switch result {
    case .success(let image): return image
    case .failure(let error):
      try tell(.unreadable(error))
      return nil
    }
  }
}
