import DurableFiles
import Foundation
import Testing

@Suite struct PythonJSONTests {
  private struct Line: Decodable, Equatable {
    let score: Double?
    let text: String
  }

  private func read(_ text: String) throws -> Line {
    try JSONDecoder.python.decode(Line.self, from: Data(text.utf8))
  }

  @Test func readsTheNumbersThatJSONLacks() throws {
    #expect(try read(#"{"score": Infinity, "text": "a"}"#).score == .infinity)
    #expect(try read(#"{"score":-Infinity,"text":"a"}"#).score == -.infinity)
    #expect(try read(#"{"text": "a", "score": NaN}"#).score?.isNaN == true)
    #expect(
      try JSONDecoder.python.decode([Double].self, from: Data("[1, Infinity]".utf8))[1] == .infinity
    )
  }

  @Test func leavesTextsAsTheyAre() throws {
    let text = #"{"score": 1, "text": "NaN, \"Infinity\", \\"}"#
    #expect(try read(text) == Line(score: 1, text: #"NaN, "Infinity", \"#))
  }

  @Test(arguments: [
    "{", #"{"score": Nan, "text": ""}"#, #"{"score": 1, "text": "}"#, "", "NaN NaN",
  ])
  func refusesWhatPythonDoesNotWrite(text: String) {
    #expect(throws: DecodingError.self) { try read(text) }
  }

  /// A part of a character, in every place where a reader may look for the rest of it.
  @Test(arguments: [#"{"#, #"{""#, #"{"score": "#, #"{"score": 1, "text": ""#, ""])
  func brokenUTF8IsAnError(beginning: String) {
    for piece in [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF], [0x80]] as [[UInt8]] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder.python.decode(Line.self, from: Data(beginning.utf8) + piece)
      }
    }
  }
}
