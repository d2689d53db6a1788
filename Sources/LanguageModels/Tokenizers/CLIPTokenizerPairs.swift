import Foundation

/// Byte-pair encoding: a word starts as its bytes, and learnt pairs are merged, best first.
struct CLIPTokenizerPairs: Sendable {
  private struct Pair: Hashable {
    let left, right: Int32
  }
  private struct Merge {
    let rank: Int
    let id: Int32
  }

  static let endOfWord = "</w>"

  private let vocabulary: [String: Int32]
  private let merges: [Pair: Merge]
  /// Numbers of the 256 bytes, within a word and at its end.
  private let bytes, lastBytes: [Int32]

  /// - Parameter folder: Named in errors.
  init(
    vocabulary: [String: Int32], merges: [(String, String)], unknown: Int32, folder: URL
  ) throws {
    self.vocabulary = vocabulary
    bytes = Self.symbols.map { vocabulary[String($0)] ?? unknown }
    lastBytes = Self.symbols.map { vocabulary[String($0) + Self.endOfWord] ?? unknown }
    var table: [Pair: Merge] = [:]
    for (rank, (left, right)) in merges.enumerated() {
      guard let first = vocabulary[left], let second = vocabulary[right],
        let merged = vocabulary[left + right]
      else {
        throw TokenizerError(
          "\(folder.path): merge \(rank + 1), '\(left) \(right)', makes a token that the vocabulary"
            + " does not hold. Vocabulary and merges are of different models; copy both from one.")
      }
      table[Pair(left: first, right: second)] = Merge(rank: rank, id: merged)
    }
    self.merges = table
  }

  /// Encodes one word, given as Unicode scalars.
  func encode(_ word: [Unicode.Scalar]) -> [Int32] {
    let utf8 = word.flatMap { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
    guard let last = utf8.last else { return [] }
    var ids = utf8.dropLast().map { bytes[Int($0)] } + [lastBytes[Int(last)]]
    while let (position, merge) = bestMerge(in: ids) {
      ids[position] = merge.id
      ids.remove(at: position + 1)
    }
    return ids
  }

  /// The merge that was learnt first, at its leftmost place.
  private func bestMerge(in ids: [Int32]) -> (position: Int, merge: Merge)? {
    var best: (position: Int, merge: Merge)?
    for (position, (left, right)) in zip(ids, ids.dropFirst()).enumerated() {
      guard let merge = merges[Pair(left: left, right: right)] else { continue }
      if merge.rank < best?.merge.rank ?? .max { best = (position, merge) }
    }
    return best
  }

  /// Spells numbers out again; words are set apart by spaces.
  func decode(_ ids: some Sequence<Int32>) -> String {
    let tokens = Dictionary(vocabulary.map { ($1, $0) }) { first, _ in first }
    let text = ids.map { tokens[$0] ?? "" }.joined()
      .replacingOccurrences(of: Self.endOfWord, with: " ")
    let utf8 = text.unicodeScalars.flatMap { symbol in
      Self.bytesOfSymbols[symbol].map { [$0] } ?? Array(String(symbol).utf8)
    }
    return String(decoding: utf8, as: UTF8.self).trimmingCharacters(in: .whitespaces)
  }

  // MARK: Bytes in print

  /// The scalar that stands for each byte: itself where it is visible, else one from U+0100 on.
  static let symbols: [Unicode.Scalar] = {
    let visible = [0x21...0x7e, 0xa1...0xac, 0xae...0xff] as [ClosedRange<UInt32>]
    var next: UInt32 = 0x100
    return (0...UInt8.max).map { byte in
      if visible.contains(where: { $0.contains(UInt32(byte)) }) { return Unicode.Scalar(byte) }
      defer { next += 1 }
      return Unicode.Scalar(next) ?? "\u{fffd}"
    }
  }()

  private static let bytesOfSymbols = Dictionary(
    uniqueKeysWithValues: zip(symbols, 0...UInt8.max))
}
