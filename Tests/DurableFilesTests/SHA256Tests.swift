import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct SHA256Tests {
  /// The portable code, and the processor's instructions where it has them.
  static let ways = SHA256.hasInstructions ? [false, true] : [false]

  /// Source: NIST, "Cryptographic Standards and Guidelines: Examples with Intermediate Values", SHA-256
  /// and the additional examples.
  @Test(
    arguments: ways,
    [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func meetsThePublishedExamples(usesInstructions: Bool, example: (text: String, hash: String)) {
    let bytes = Array(example.text.utf8)
    #expect(hash(bytes, usesInstructions, pieces: bytes.count) == example.hash)
  }

  @Test(arguments: ways, [1, 13, 64, 100, 1 << 23])
  func agreesWithPythonHoweverTheBytesAreCut(usesInstructions: Bool, pieces: Int) throws {
    struct Expected: Decodable { let hashes: [String: String] }
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: Fixture.url("augmentation/sha256.json")))
    for (length, hash) in expected.hashes {
      let bytes = (0..<UInt32(length)!).map { UInt8(($0 &* $0 &* 2_654_435_761) >> 24) }
      #expect(self.hash(bytes, usesInstructions, pieces: pieces) == hash, "\(length) bytes")
    }
  }

  private func hash(_ bytes: [UInt8], _ usesInstructions: Bool, pieces length: Int) -> String {
    var hash = SHA256(usesInstructions: usesInstructions)
    for start in stride(from: 0, to: bytes.count, by: max(length, 1)) {
      hash.update(bytes[start..<min(start + length, bytes.count)].span)
    }
    return hash.finalize().map { String(format: "%02x", $0) }.joined()
  }
}
