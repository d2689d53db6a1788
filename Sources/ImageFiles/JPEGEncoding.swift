import CImageCodecs
import Faults
public import Foundation

/// How much less often a JPEG stores colour than brightness.
public enum ChromaSubsampling: Int32, Sendable {
  /// Colour for every pixel, 4:4:4.
  case none = 1
  /// One colour for each 2 × 2 pixels, 4:2:0.
  case quarter = 2
}

extension Image {
  /// Encodes the image as a baseline JPEG, grey or YCbCr.
  ///
  /// - Parameters:
  ///   - quality: 1…100 on libjpeg's scale; another value traps.
  ///   - subsampling: How many pixels share a colour.
  /// - Throws: ``ImageError`` when a side exceeds JPEG's limit of 65500 pixels or memory runs out.
  public func jpegData(quality: Int = 95, subsampling: ChromaSubsampling = .none) throws(ImageError)
    -> Data
  {
    precondition((1...100).contains(quality), "jpegData: quality \(quality) is not within 1…100")
    var output = unsafe codec_buffer()
    let answer = CodecAnswer { message in
      unsafe codec_jpeg_encode(
        pixels, UInt32(width), UInt32(height), Int32(channels), Int32(quality),
        subsampling.rawValue, &output, &message)
    }
    return try unsafe takeBytes(of: output, answer: answer, format: "JPEG")
  }
}

/// Makes an encoder's memory a `Data`'s own, or frees it and throws.
func takeBytes(of buffer: codec_buffer, answer: CodecAnswer, format: String) throws(ImageError)
  -> Data
{
  if case .refused(let reason) = answer {
    unsafe free(buffer.bytes)
    throw ImageError(
      .badData, file: "\(format) encoder", found: reason,
      remedy: "Make the image smaller or free some memory.")
  }
  return unsafe Data(bytesNoCopy: buffer.bytes, count: buffer.count, deallocator: .free)
}
