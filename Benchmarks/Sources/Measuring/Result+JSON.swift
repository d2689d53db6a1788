import Foundation
import Tensors

extension Result: Encodable {
  private enum Key: String, CodingKey {
    case name, precision, device, seconds, gflops, gigabytesPerSecond, fractionOfPeak, peakBytes
    case operationTimes, peer, peerSeconds, ratio
  }

  /// Every line has the same keys, with `null` for what does not apply.
  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(name, forKey: .name)
    try line.encode(precision.rawValue, forKey: .precision)
    try line.encode(device, forKey: .device)
    try line.encode(seconds, forKey: .seconds)
    try line.encode(gflops, forKey: .gflops)
    try line.encode(gigabytesPerSecond, forKey: .gigabytesPerSecond)
    try line.encode(fractionOfPeak, forKey: .fractionOfPeak)
    try line.encode(peakBytes, forKey: .peakBytes)
    try line.encode(operationTimes?.kinds, forKey: .operationTimes)
    try line.encode(comparison?.peer.rawValue, forKey: .peer)
    try line.encode(comparison?.seconds, forKey: .peerSeconds)
    try line.encode(comparison?.ratio, forKey: .ratio)
  }

  /// One line of JSON, its keys sorted.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
