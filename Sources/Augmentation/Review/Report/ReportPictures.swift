import Foundation
import ImageFiles
import SegmentationDatasets

/// The pictures of a report as elements of the page.
///
/// Images of one photograph share its pictures, and those of one mask the mask: such an element stands before the first
/// image that needs it.
struct ReportPictures: Sendable {
  /// The numbers of the elements that an image shares with others, and whether it is the first that needs them.
  struct Parts: Sendable {
    let source: Int?
    let mask: Int
    let isFirstOfSource, isFirstOfMask: Bool
  }

  private static let quality = 85

  let parts: [Parts]
  /// What the control images are called.
  let layers: [String]
  private let records: [LedgerRecord]
  private let run: RunPictures
  private let side: Int

  /// - Parameter side: What the longer side of the pictures becomes at most, in pixels.
  init(of records: [LedgerRecord], in run: RunPictures, side: Int) {
    (self.records, self.run, self.side) = (records, run, side)
    var sources: [String: Int] = [:]
    var masks: [String: Int] = [:]
    parts = records.map { record in
      let known = (sources.count, masks.count)
      let source = record.source.flatMap { stem in
        record.settings.originals == .nothing ? nil : sources.number(of: stem)
      }
      let mask = masks.number(of: record.maskSHA256)
      return Parts(
        source: source, mask: mask, isFirstOfSource: sources.count > known.0,
        isFirstOfMask: masks.count > known.1)
    }
    layers = Self.names(of: run.priors, "outlines") + Self.names(of: run.priors, "control image")
  }

  private static func names(of priors: [PriorSettings], _ name: String) -> [String] {
    priors.indices.map { priors.count == 1 ? name : "\(name) \($0 + 1)" }
  }

  /// The elements of an image, and those that it is the first to need.
  ///
  /// - Parameter check: Called between two pieces of work; what it throws ends the drawing.
  func elements(of number: Int, check: () throws -> Void) throws -> Data {
    let (record, parts) = (records[number], parts[number])
    let (image, mask) = try run.result(of: record)
    var elements = Data()
    if parts.isFirstOfSource, let index = parts.source,
      let source = try run.source(of: record, check: check)
    {
      elements +=
        ReportElement("s\(index)", json: try JSONEncoder.stable.encode(pictures(of: source)))
        .data
    }
    if parts.isFirstOfMask { elements += ReportElement("m\(parts.mask)", try picture(mask)).data }
    return elements + ReportElement("i\(number)", try picture(image)).data
  }

  /// What an image was made from, in JPEGs.
  private struct SourcePictures: Encodable {
    let photograph: Data
    /// In the order of the layers.
    let controls: [Data?]
  }

  private func pictures(of source: RunPictures.Source) throws -> SourcePictures {
    let outlines = source.priors.map { priors in
      priors.flatMap { $0.image == $0.blend ? nil : $0.image }
    }
    return SourcePictures(
      photograph: try picture(source.photograph),
      controls: try (outlines + source.priors.map { $0?.blend }).map { try $0.map(picture) })
  }

  private func picture(_ image: Image) throws -> Data {
    try image.small(side).withoutNeedlessColours.jpegData(
      quality: Self.quality, subsampling: .quarter)
  }

  private func picture(_ mask: LabelImage) throws -> Data {
    let longer = max(mask.width, mask.height, side)
    var small = mask.resizedNearest(
      width: max(1, mask.width * side / longer), height: max(1, mask.height * side / longer))
    small.palette = run.classes.palette
    return try small.pngData(transparent: run.classes.background)
  }
}

extension [String: Int] {
  /// The number of a key, the next one for a new key.
  fileprivate mutating func number(of key: String) -> Int {
    if let known = self[key] { return known }
    self[key] = count
    return count - 1
  }
}

extension Image {
  /// The image at the size at which its longer side is `side` pixels at most.
  fileprivate func small(_ side: Int) -> Image {
    max(width, height) > side ? fitted(into: side) : self
  }

  /// One channel where all of them are equal.
  fileprivate var withoutNeedlessColours: Image {
    let greys = stride(from: 0, to: pixels.count, by: channels)
    let isGrey = greys.allSatisfy {
      pixels[$0] == pixels[$0 + channels / 2] && pixels[$0] == pixels[$0 + channels - 1]
    }
    guard channels == 3, isGrey else { return self }
    return Image(width: width, height: height, channels: 1, pixels: greys.map { pixels[$0] })
  }
}
