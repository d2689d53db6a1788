import Checkpoints
package import Foundation

extension CLIPTokenizer {
  /// The tokens of a vocabulary without any merges: every byte, every byte at a word's end, start and
  /// end of text. Any text can be written in it, a byte at a time.
  package static var byteTokens: [String] {
    let symbols = BytePairs.symbols.map { String($0) }
    return symbols + symbols.map { $0 + endOfWord } + [
      "<|startoftext|>", "<|endoftext|>",
    ]
  }

  /// The files of a `tokenizer` folder with that vocabulary, in diffusers' layout.
  ///
  /// - Parameter padding: The token that fills texts up.
  package static func byteTokenizerFiles(
    padding: String
  ) -> [(name: String, contents: () throws -> Data)] {
    [
      ("vocab.json", vocabulary), ("merges.txt", { Data("#version: 0.2\n".utf8) }),
      ("tokenizer_config.json", { try settings(padding: padding) }),
    ]
  }

  private static func vocabulary() throws -> Data {
    try encoder.encode(
      Dictionary(uniqueKeysWithValues: byteTokens.enumerated().map { ($1, $0) }))
  }

  private static func settings(padding: String) throws -> Data {
    let settings: [String: JSONValue] = [
      "tokenizer_class": "CLIPTokenizer", "bos_token": "<|startoftext|>",
      "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
      "pad_token": .string(padding), "model_max_length": 77,
    ]
    return try encoder.encode(settings)
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return encoder
  }
}
