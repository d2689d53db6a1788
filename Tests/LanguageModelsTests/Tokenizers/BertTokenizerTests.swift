import Foundation
import LanguageModels
import TestSupport
import Testing

/// How transformers reads and writes texts, written by `tools/fixtures/tokenizer_bert.py`.
private struct Readings: Decodable {
  struct Folder: Decodable {
    let folder: String
    /// Numbers of every text.
    let ids: [[Int32]]
    /// What becomes of those again.
    let decoded: [String]
    /// What becomes of the mixtures.
    let mixed: [String]
  }
  let texts: [String]
  /// Any numbers, also beyond the vocabulary.
  let mixtures: [[Int32]]
  let readings: [Folder]

  static let folder = Fixture.url("tokenizer_bert")

  init() throws {
    let file = Self.folder.appending(path: "texts.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

@Suite struct BertTokenizerTests {
  static let folders = ["uncased", "cased", "accents", "json", "bare"]

  @Test(arguments: folders)
  func readsAsTransformers(folder: String) throws {
    let fixture = try Readings()
    let reading = try #require(fixture.readings.first { $0.folder == folder })
    let tokenizer = try BertTokenizer(folder: Readings.folder.appending(path: folder))
    for (text, expected) in zip(fixture.texts, reading.ids) {
      #expect(tokenizer(text) == expected, "text \(scalars(text))")
    }
  }

  @Test(arguments: folders)
  func writesAsTransformers(folder: String) throws {
    let fixture = try Readings()
    let reading = try #require(fixture.readings.first { $0.folder == folder })
    let tokenizer = try BertTokenizer(folder: Readings.folder.appending(path: folder))
    for (ids, expected) in zip(reading.ids + fixture.mixtures, reading.decoded + reading.mixed) {
      #expect(scalars(tokenizer.decode(ids)) == scalars(expected), "\(ids)")
    }
  }

  @Test func namesTheEnds() throws {
    let tokenizer = try BertTokenizer(folder: Readings.folder.appending(path: "accents"))
    #expect(tokenizer("").count == 2)
    #expect(tokenizer("") == [tokenizer.start, tokenizer.end])
    #expect(tokenizer("[ENC]").contains(tokenizer.largestID))
  }

  @Test func refusesAFolderWithoutATokenizer() throws {
    let error = try #require(throws: TokenizerError.self) {
      try BertTokenizer(folder: Readings.folder)
    }
    #expect(error.description.contains("vocab.txt"))
    #expect(error.description.contains(Readings.folder.path))
  }

  @Test(arguments: [
    ("vocab.txt", "a\nb\n", "[CLS]"),
    ("tokenizer_config.json", #"{"do_lower_case": "no"}"#, "BERT"),
    ("tokenizer_config.json", #"{"mask_token": {"content": "a", "lstrip": true}}"#, "BERT"),
  ])
  func namesWhatIsWrongWithAFile(name: String, contents: String, word: String) throws {
    let folder = try TemporaryFolder()
    let vocabulary = Readings.folder.appending(path: "bare/vocab.txt")
    try folder.write(Data(contentsOf: vocabulary), "vocab.txt")
    try folder.write(contents, name)
    let error = try #require(throws: TokenizerError.self) { try BertTokenizer(folder: folder.url) }
    #expect(error.description.contains(word))
    #expect(error.description.contains(folder.url.lastPathComponent))
  }

  /// Strings are equal that differ in how accents are composed; these are not to be.
  private func scalars(_ text: String) -> [String] {
    text.unicodeScalars.map { String($0.value, radix: 16) }
  }
}
