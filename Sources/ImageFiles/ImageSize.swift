import CImageCodecs
public import Foundation

/// Width and height of an image, in pixels.
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
  /// Pixels a row.
  public let width: Int
  /// Rows.
  public let height: Int

  /// Makes a size from its two sides.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Reads a PNG's or JPEG's header only; a tilted JPEG's size is that of the upright image.
  ///
  /// - Throws: ``ImageError`` for a file that cannot be read, another format, a damaged header, or more
  ///   than 2²⁸ pixels.
  public init(ofImageAt url: URL) throws(ImageError) {
    let beginning = try ImageFile(contentsOf: url, upTo: Self.usualHeader)
    do { try self.init(beginning) } catch { try self.init(ImageFile(contentsOf: url)) }
  }

  /// Reads the header of a PNG's or JPEG's bytes only, as ``init(ofImageAt:)`` does.
  ///
  /// - Parameter name: What to call the image in messages.
  public init(decoding data: Data, name: String) throws(ImageError) {
    let beginning = ImageFile(name: name, bytes: Array(data.prefix(Self.usualHeader)))
    do { try self.init(beginning) } catch {
      try self.init(ImageFile(name: name, bytes: Array(data)))
    }
  }

  /// Almost every header lies in the first bytes, before the pixels. One that seems damaged may only go on, with a preview
  /// or a colour profile, beyond them.
  private static let usualHeader = 1 << 16

  private init(_ file: ImageFile) throws(ImageError) {
    switch try file.format() {
    case .png:
      let header = try file.readPNGHeader()
      self.init(width: Int(header.width), height: Int(header.height))
    case .jpeg:
      let header = try file.readJPEGHeader()
      let (width, height) = (Int(header.width), Int(header.height))
      let swapsAxes = EXIF.orientation(ofJPEG: file.bytes) >= 5
      self.init(width: swapsAxes ? height : width, height: swapsAxes ? width : height)
    }
  }

  /// Such as `500×375`.
  public var description: String { "\(width)×\(height)" }
}

extension Image {
  /// Width and height.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}

extension LabelImage {
  /// Width and height.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
