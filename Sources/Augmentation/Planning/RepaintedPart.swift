package import ImageFiles
package import SegmentationDatasets

/// The part of a photograph that is repainted, by its labels; the rest is the photograph's own.
///
/// The ignored ids, such as the rim of objects, are repainted with either part: what lies there is a mixture of both
/// sides.
public struct RepaintedPart: Codable, Sendable, Equatable {
  /// Which pixels belong to it.
  public enum Region: String, Codable, Sendable, CaseIterable {
    /// Those of the labelled classes.
    case objects
    /// Those of no class.
    case background
  }

  /// Which pixels belong to it.
  public var region: Region
  /// By how many pixels of the photograph it is grown to all sides.
  public var growth: Int
  /// The width of the soft edge inside it, in pixels of the image that is made; nil where the rest is kept only as
  /// well as the autoencoder does.
  public var seam: Int?

  /// Names a part.
  public init(_ region: Region, growth: Int = 0, seam: Int? = 4) {
    self.region = region
    self.growth = growth
    self.seam = seam
  }

  /// The part in a photograph's labels: white where it is repainted, one channel.
  package func mask(of labels: LabelImage, in encoding: LabelEncoding) -> Image {
    let pixels: [UInt8] = labels.ids.map { id in
      let isPart = (id == encoding.background) == (region == .background)
      return encoding.ignored.contains(id) || isPart ? 255 : 0
    }
    return Image(width: labels.width, height: labels.height, channels: 1, pixels: pixels)
      .grown(by: growth)
  }
}
