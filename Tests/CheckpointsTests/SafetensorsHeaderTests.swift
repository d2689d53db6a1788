import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsHeaderTests {
  struct Verdicts: Decodable {
    struct File: Decodable, Sendable, CustomTestStringConvertible {
      let `case`: String
      let accepted: Bool
      let bytes: String
      var testDescription: String { `case` }
    }
    let files: [File]

    static func read() throws -> [File] {
      try JSONDecoder().decode(Self.self, from: Data(contentsOf: Fixtures.url("verdicts.json")))
        .files
    }
  }

  /// Where this reader judges otherwise: the format's description wants `{` to come first, and
  /// Foundation's decoder takes `2.0` for a whole number, keeps one of two equal keys and does not
  /// mind a comma too many. The bytes of every tensor are checked all the same.
  private static let differences = [
    "blanks before the header's object": false,
    "an extent with a zero fraction": true,
    "an extent with an exponent": true,
    "an extent of minus zero": true,
    "a comma at the end": true,
    "metadata twice": true,
    "a key of an entry twice": true,
  ]

  @Test(arguments: try Verdicts.read())
  func judgesAsTheOriginalLibraryDoes(file: Verdicts.File) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(Data(hexadecimal: file.bytes), "file.safetensors")
    if Self.differences[file.case] ?? file.accepted {
      _ = try SafetensorsFile(url)
    } else {
      #expect(throws: CheckpointError.self) { try SafetensorsFile(url) }
    }
  }

  @Test func saysHowMuchOfAFileIsMissing() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(
      safetensors(#"{"a":{"dtype":"F32","shape":[300],"data_offsets":[0,1200]}}"#, zeros: 388),
      "file.safetensors")
    let error = try #require(throws: CheckpointError.self) { try SafetensorsFile(url) }
    #expect(error.reason == .truncated(missing: 812))
    #expect(error.description.hasPrefix("\(url.path): the file is incomplete"))
    #expect(error.description.contains("812 bytes more than it has"))
  }

  @Test func namesTheTensorThatBreaksARule() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(
      safetensors(#"{"conv.bias":{"dtype":"F16","shape":[3],"data_offsets":[0,8]}}"#, zeros: 8),
      "file.safetensors")
    let error = try #require(throws: CheckpointError.self) { try SafetensorsFile(url) }
    #expect(
      error.reason == .malformed("'conv.bias' has 8 bytes, but [3] of F16 takes 6"))
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try TemporaryFolder()
    let absent = folder.url.appendingPathComponent("absent.safetensors")
    let error = try #require(throws: CheckpointError.self) { try SafetensorsFile(absent) }
    #expect(error.description.contains("absent.safetensors: the file cannot be opened: No such"))
    #expect(throws: CheckpointError.self) { try SafetensorsFile(folder.url) }
  }

  @Test func listsTensorsInTheOrderOfTheirBytes() throws {
    let file = try SafetensorsFile(Fixtures.url("types.safetensors"))
    let starts = file.header.entries.map(\.bytes.lowerBound)
    #expect(starts == starts.sorted())
    #expect(file.header.metadata["origin"]?.contains("tools/fixtures/checkpoints.py") == true)
    #expect(file["half"]?.elementType == .float16)
    #expect(file["half"]?.shape == [3, 5])
    #expect(file["nothing"] == nil)
  }

  /// Damages a good file in every way that a few random bytes can.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func survivesDamage(seed: UInt64) throws {
    let whole = try Data(contentsOf: Fixtures.url("types.safetensors"))
    let folder = try TemporaryFolder()
    var random = Generator(state: seed)
    var refused = 0
    for _ in 0..<250 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        // Most of the damage goes where the rules are: the length and the header.
        let end = Bool.random(using: &random) ? 24 : 760
        damaged[Int.random(in: 0..<end, using: &random)] = .random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        damaged = damaged.prefix(Int.random(in: 0..<whole.count, using: &random))
      }
      let url = try folder.write(Data(damaged), "file.safetensors")
      do {
        let file = try SafetensorsFile(url)
        #expect(file.header.entries.allSatisfy { $0.bytes.upperBound <= damaged.count })
      } catch is CheckpointError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  /// Puts random text where a header's JSON belongs.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func survivesNonsense(seed: UInt64) throws {
    let words = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"",
      "\"F32\"",
      "0", "8", "-1", "1e400", "99999999999999999999", "null", "\"__metadata__\"", "\"", "\\",
    ]
    let folder = try TemporaryFolder()
    var random = Generator(state: seed)
    for _ in 0..<250 {
      let count = Int.random(in: 0..<40, using: &random)
      let text = (0..<count).compactMap { _ in words.randomElement(using: &random) }
      let url = try folder.write(
        safetensors("{" + text.joined(), zeros: 8), "file.safetensors")
      #expect(throws: CheckpointError.self) { try SafetensorsFile(url) }
    }
  }

  /// A linear congruential generator, so that a failure can be repeated.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      // Knuth's MMIX constants; the low bits are weak, so they are folded.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }
}
