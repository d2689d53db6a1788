import Foundation
import LanguageModels
import TestSupport
import Testing

/// How transformers reads texts, written by `tools/fixtures/tokenizer.py`.
private struct Readings: Decodable {
  struct Folder: Decodable {
    let folder: String
    let padding: Int32
    /// Numbers of every text up to its end token.
    let ids: [[Int32]]
  }
  let texts: [String]
  let readings: [Folder]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/tokenizer").standardizedFileURL

  init() throws {
    let file = Self.folder.appending(path: "texts.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

@Suite struct CLIPTokenizerTests {
  @Test(arguments: ["vocab_pad_end", "vocab_pad_zero", "vocab_listed", "vocab_bare", "json"])
  func equalsTransformersOnNastyTexts(folder: String) throws {
    let fixture = try Readings()
    let reading = try #require(fixture.readings.first { $0.folder == folder })
    let tokenizer = try CLIPTokenizer(folder: Readings.folder.appending(path: folder))
    #expect(tokenizer.padding == reading.padding)
    for (text, expected) in zip(fixture.texts, reading.ids) {
      let padding = [Int32](repeating: reading.padding, count: 77 - expected.count)
      let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }
      #expect(tokenizer(text).ids == expected + padding, "text \(scalars)")
    }
  }

  @Test func namesTheTextThatWasCutOff() throws {
    let tokenizer = try CLIPTokenizer(folder: Readings.folder.appending(path: "vocab_pad_end"))
    // 37 times two tokens and one more fill the 75 places; the rest of Unicode finds no room.
    let long = String(repeating: "a 1 ", count: 37) + "a Photo of a Café, 2 dogs 🐈"
    #expect(tokenizer(long).truncated == "photo of a café , 2 dogs 🐈")
    #expect(tokenizer(long).ids.last == tokenizer.endOfText)
    #expect(tokenizer(String(repeating: "a 1 ", count: 37) + "a").truncated == nil)
  }

  @Test func refusesAFolderWithoutATokenizer() throws {
    let error = try #require(throws: TokenizerError.self) {
      try CLIPTokenizer(folder: Readings.folder)
    }
    #expect(error.description.contains("vocab.json"))
    #expect(error.description.contains(Readings.folder.path))
  }

  @Test(arguments: [
    ("merges.txt", "#version: 0.2\na b c\n", "a b c"),
    ("merges.txt", "#version: 0.2\nqq zz\n", "qq zz"),
    ("vocab.json", #"{"a": "one"}"#, "vocab.json"),
    ("vocab.json", #"{"a": 1}"#, "<|startoftext|>"),
    ("tokenizer_config.json", #"{"pad_token": "<pad>"}"#, "<pad>"),
    ("tokenizer_config.json", #"{"model_max_length": 1}"#, "model_max_length"),
    ("tokenizer_config.json", #"{"added_tokens_decoder": {"x": {"content": "a"}}}"#, "'x'"),
    ("tokenizer_config.json", #"{"pad_token": {"content": "!", "lstrip": true}}"#, "lstrip"),
    ("tokenizer.json", #"{"model": {"vocab": {}, "merges": [["a"]]}}"#, "tokenizer.json"),
  ])
  func namesWhatIsWrongWithAFile(name: String, contents: String, word: String) throws {
    let folder = try copy(of: "vocab_bare")
    try folder.write(contents, name)
    let error = try #require(throws: TokenizerError.self) { try CLIPTokenizer(folder: folder.url) }
    #expect(error.description.contains(word))
    #expect(error.description.contains(folder.url.lastPathComponent))
  }

  @Test func readsTokensThatWereAddedLater() throws {
    let folder = try copy(of: "vocab_bare")
    try folder.write(#"{"<cat-toy>": 9999}"#, "added_tokens.json")
    let tokenizer = try CLIPTokenizer(folder: folder.url)
    #expect(tokenizer("a <CAT-TOY>!").ids.dropFirst().contains(9999))
  }

  private func copy(of name: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let original = Readings.folder.appending(path: name)
    for file in try FileManager.default.contentsOfDirectory(atPath: original.path) {
      try folder.write(Data(contentsOf: original.appending(path: file)), file)
    }
    return folder
  }
}
