import DurableFiles
import Foundation

/// A part of a run that one machine does: `2/4` is the second of four.
///
/// Shards know nothing of each other but the plan, which each of them makes by itself.
public struct Shard: Sendable, Equatable, CustomStringConvertible {
  /// Which one it is, from 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// Names a shard. A number that is not one of the count traps.
  public init(_ number: Int, of count: Int) {
    precondition(
      count > 0 && (1...count).contains(number), "Shard: there is no number \(number) of \(count)")
    (self.number, self.count) = (number, count)
  }

  /// `2/4`
  public var description: String { "\(number)/\(count)" }

  /// The places of the names that are this shard's, ascending.
  ///
  /// The names are dealt out like cards, in the order of their hashes: the numbers of two shards differ by one at most,
  /// and the images of a photograph, which stand together in a plan, are spread over all shards.
  package func share(of names: [String]) -> [Int] {
    let order = names.indices.map { (Data(names[$0].utf8).sha256, $0) }.sorted(by: <)
    return stride(from: number - 1, to: order.count, by: count).map { order[$0].1 }.sorted()
  }
}
