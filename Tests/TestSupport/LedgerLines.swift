public import Foundation

/// The lines of a ledger as they stand.
public struct LedgerLines {
  /// Those that say what images share.
  public let setups: [String]
  /// Those of images.
  public let images: [String]

  /// Reads a ledger; none has no lines.
  public init(of ledger: URL) {
    let text = (try? String(contentsOf: ledger, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map(String.init)
    images = lines.filter { $0.contains(#""image":"#) }
    setups = lines.filter { !$0.contains(#""image":"#) }
  }
}
