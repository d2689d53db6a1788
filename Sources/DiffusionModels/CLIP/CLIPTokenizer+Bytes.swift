package import Foundation

extension CLIPTokenizer {
  /// The tokens of a vocabulary without any merges: every byte, every byte at a word's end, start and
  /// end of text. Any text can be written in it, a byte at a time.
  package static var byteTokens: [String] {
    let symbols = CLIPTokenizerPairs.symbols.map { String($0) }
    return symbols + symbols.map { $0 + CLIPTokenizerPairs.endOfWord } + [
      "<|startoftext|>", "<|endoftext|>",
    ]
  }

  /// Writes a `tokenizer` folder with that vocabulary, in diffusers' layout.
  ///
  /// - Parameters:
  ///   - folder: Must exist.
  ///   - padding: The token that fills texts up.
  package static func writeByteTokenizer(to folder: URL, padding: String) throws {
    let numbers = Dictionary(uniqueKeysWithValues: byteTokens.enumerated().map { ($1, $0) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(numbers).write(to: folder.appendingPathComponent("vocab.json"))
    try Data("#version: 0.2\n".utf8).write(to: folder.appendingPathComponent("merges.txt"))
    let settings = [
      "tokenizer_class": "CLIPTokenizer", "bos_token": "<|startoftext|>",
      "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": padding,
    ]
    var file = try encoder.encode(settings)
    file.removeLast()
    file.append(Data(#","model_max_length":77}"#.utf8))
    try file.write(to: folder.appendingPathComponent("tokenizer_config.json"))
  }
}
