import Foundation

/// The times of a peer's ways of doing the same.
struct Comparison {
  let peer: Peer
  /// The peer's own number.
  let version: String?
  /// What each way took.
  let times: [String: Timing]
  /// The fastest way's time as a multiple of ours; nothing when the peer has no such work.
  let ratio: Double?

  init(_ peer: Peer, version: String?, times: [String: Timing], ours: Timing) {
    self.peer = peer
    self.version = version
    self.times = times
    ratio = times.values.map(\.seconds).min().map { $0 / ours.seconds }
  }

  var text: String {
    guard let ratio else { return "no \(peer.title) side" }
    let ways = times.sorted { $0.key < $1.key }.map { way, time in
      String(
        format: "\(way) %.3f ms (%.3f of processors)", time.seconds * 1e3,
        time.processorSeconds * 1e3)
    }
    let title = [peer.title, version].compactMap(\.self).joined(separator: " ")
    return "\(title) \(ways.joined(separator: ", ")): " + String(format: "%.2f", ratio)
      + " times ours"
  }
}
