import Foundation

/// Byte-pair encoding: a word starts as its bytes, and learnt pairs are merged, best first.
struct BytePairs: Sendable {
  private struct Pair: Hashable {
    let left, right: Int32
  }
  private struct Merge {
    let rank: Int
    let id: Int32
  }

  private let merges: [Pair: Merge]
  /// Numbers of the 256 bytes, within a word and at its end; nil for those that are left out.
  private let bytes, lastBytes: [Int32?]

  /// - Parameters:
  ///   - endOfWord: What tokens at the end of a word have behind them.
  ///   - unknown: Stands for bytes without a token; without it they are left out.
  ///   - folder: Named in errors.
  init(
    vocabulary: [TokenText: Int32], merges: [(TokenText, TokenText)], endOfWord: String,
    unknown: Int32?, folder: URL
  ) throws {
    bytes = Self.symbols.map { vocabulary[TokenText(String($0))] ?? unknown }
    lastBytes = Self.symbols.map { vocabulary[TokenText(String($0) + endOfWord)] ?? unknown }
    var table: [Pair: Merge] = [:]
    for (rank, (left, right)) in merges.enumerated() {
      guard let first = vocabulary[left], let second = vocabulary[right],
        let merged = vocabulary[TokenText(left.string + right.string)]
      else {
        throw TokenizerError(
          "\(folder.path): merge \(rank + 1), '\(left.string) \(right.string)', makes a token that the"
            + " vocabulary does not hold. Vocabulary and merges are of different models; copy both from one."
        )
      }
      table[Pair(left: first, right: second)] = Merge(rank: rank, id: merged)
    }
    self.merges = table
  }

  /// Encodes one word, given as Unicode scalars.
  func encode(_ word: [Unicode.Scalar]) -> [Int32] {
    let utf8 = word.flatMap { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
    guard let last = utf8.last else { return [] }
    var ids = (utf8.dropLast().map { bytes[Int($0)] } + [lastBytes[Int(last)]]).compactMap(\.self)
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

  /// The bytes that tokens spell; a token that is not made of stand-ins spells itself.
  static func bytes(of tokens: some Sequence<String>) -> [UInt8] {
    tokens.flatMap { token in
      let bytes = token.unicodeScalars.map { bytesOfSymbols[$0] }
      return bytes.contains(nil) ? Array(token.utf8) : bytes.compactMap(\.self)
    }
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
