import Foundation
import Tensors

extension Result: Encodable {
  private enum Key: String, CodingKey {
    case name, precision, device, processor, seconds, processorSeconds, busy
    case gflops, gigabytesPerSecond, fractionOfPeak, peakBytes, operationTimes, accounted
    case peer, peerVersion, peerSeconds, peerProcessorSeconds, ratio
  }

  /// Every line has the same keys, with `null` for what does not apply.
  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(name, forKey: .name)
    try line.encode(precision.rawValue, forKey: .precision)
    try line.encode(device, forKey: .device)
    try line.encode(Processor.name, forKey: .processor)
    try line.encode(time.seconds, forKey: .seconds)
    try line.encode(time.processorSeconds, forKey: .processorSeconds)
    try line.encode(isBusy, forKey: .busy)
    try line.encode(gflops, forKey: .gflops)
    try line.encode(gigabytesPerSecond, forKey: .gigabytesPerSecond)
    try line.encode(fractionOfPeak, forKey: .fractionOfPeak)
    try line.encode(peakBytes, forKey: .peakBytes)
    try line.encode(profile?.lines, forKey: .operationTimes)
    try line.encode(profile?.accounted, forKey: .accounted)
    try line.encode(comparison?.peer.rawValue, forKey: .peer)
    try line.encode(comparison?.version, forKey: .peerVersion)
    try line.encode(comparison?.times.mapValues(\.seconds), forKey: .peerSeconds)
    try line.encode(
      comparison?.times.mapValues(\.processorSeconds), forKey: .peerProcessorSeconds)
    try line.encode(comparison?.ratio, forKey: .ratio)
  }

  /// One line of JSON, its keys sorted.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
