/// What a token spells. Two are equal that have the same scalars: strings are so, too, where accents are composed
/// in one of them alone.
struct TokenText: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(String(view))
  }

  /// The text.
  var string: String { String(decoding: bytes, as: UTF8.self) }
}
