import Foundation
import LanguageModels
import TestSupport
import Testing

/// How transformers reads and writes texts, written by `tools/fixtures/tokenizer_gpt2.py`.
private struct Readings: Decodable {
  struct Folder: Decodable {
    let folder: String
    let ids: [[Int32]]
    let decoded: [String]
    let mixed: [String]
  }
  let texts: [String]
  /// Any numbers, also beyond the vocabulary.
  let mixtures: [[Int32]]
  let readings: [Folder]

  static let folder = Fixture.url("tokenizer_gpt2")

  init() throws {
    let file = Self.folder.appending(path: "texts.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

@Suite struct GPT2TokenizerTests {
  @Test(arguments: ["gpt2", "prefixed", "opt", "json"])
  func readsAndWritesAsTransformers(folder: String) throws {
    let fixture = try Readings()
    let reading = try #require(fixture.readings.first { $0.folder == folder })
    let tokenizer = try GPT2Tokenizer(folder: Readings.folder.appending(path: folder))
    for (text, expected) in zip(fixture.texts, reading.ids) {
      #expect(tokenizer(text) == expected, "text \(scalars(text))")
    }
    for (ids, expected) in zip(reading.ids + fixture.mixtures, reading.decoded + reading.mixed) {
      #expect(scalars(tokenizer.decode(ids)) == scalars(expected), "\(ids)")
    }
  }

  @Test func losesNothing() throws {
    let tokenizer = try GPT2Tokenizer(folder: Readings.folder.appending(path: "gpt2"))
    let end = Array("<|endoftext|>".utf8)
    for text in try Readings().texts where Array(text.utf8).firstRange(of: end) == nil {
      #expect(scalars(tokenizer.decode(tokenizer(text))) == scalars(text))
    }
  }

  @Test func refusesAFolderWithoutATokenizer() throws {
    let error = try #require(throws: TokenizerError.self) {
      try GPT2Tokenizer(folder: Readings.folder)
    }
    #expect(error.description.contains("merges.txt"))
  }

  /// Strings are equal that differ in how accents are composed; these are not to be.
  private func scalars(_ text: String) -> [String] {
    text.unicodeScalars.map { String($0.value, radix: 16) }
  }
}
