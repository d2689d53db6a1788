import CImageCodecs

/// Calls a codec of `CImageCodecs` and gives its message when it refuses.
///
/// - Returns: `nil` when the codec was content.
func codecRefusal(_ call: (inout codec_message) -> Bool) -> String? {
  var message = codec_message()
  if call(&message) { return nil }
  let text = unsafe withUnsafeBytes(of: message.text) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
  return text.isEmpty ? "out of memory" : text
}
