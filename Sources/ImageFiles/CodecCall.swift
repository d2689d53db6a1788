import CImageCodecs

/// What a codec of `CImageCodecs` said of its work.
enum CodecAnswer {
  /// It is done. Something in the file was odd, unless there are no words.
  case done(String?)
  /// It refused, for this reason.
  case refused(String)

  /// Calls the codec.
  init(_ call: (inout codec_message) -> Bool) {
    var message = codec_message()
    let isDone = call(&message)
    let text = unsafe withUnsafeBytes(of: message.text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let words = text.isEmpty ? nil : text
    self = isDone ? .done(words) : .refused(words ?? "out of memory")
  }
}

/// The samples that a decoder writes. Their memory is taken from the system only as far as it comes.
func decodedSamples(
  count: Int, _ decode: (UnsafeMutablePointer<UInt8>?) throws(ImageError) -> Void
) throws(ImageError) -> [UInt8] {
  // The standard library passes on errors of any type only.
  var failure: ImageError?
  let samples = unsafe [UInt8](unsafeUninitializedCapacity: count) { memory, written in
    do throws(ImageError) {
      try unsafe decode(memory.baseAddress)
      written = count
    } catch { failure = error }
  }
  if let failure { throw failure }
  return samples
}
