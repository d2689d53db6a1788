import Foundation
import Tensors
import VulkanBackend

/// Where the time of one run went.
struct Profile {
  /// Seconds of the whole run.
  let seconds: Double
  /// What it was made of.
  let operations: [OperationKind: OperationTime]
  /// What the machine can do at most in each precision, once that is known.
  var peaks: [ProductPrecision: Peak] = [:]

  init(seconds: Double, operations: [OperationKind: OperationTime]) {
    self.seconds = seconds
    self.operations = operations
  }

  /// What a graphics device measured itself, by the names of its programs.
  init(seconds: Double, _ times: OperationTimes) {
    self.seconds = seconds
    operations = Dictionary(
      uniqueKeysWithValues: times.seconds.map { name, seconds in
        (
          OperationKind(name, nil, nil, nil),
          OperationTime(count: times.counts[name] ?? 0, seconds: seconds)
        )
      })
  }

  /// Part of the run that its operations explain; the rest is the program between them.
  var accounted: Double { operations.values.map(\.seconds).reduce(0, +) / seconds }

  /// Every kind of operation, the longest first.
  var lines: [Line] {
    operations.map { line($0, $1) }
      .sorted {
        ($0.seconds, $0.operation, $0.shape ?? "") > ($1.seconds, $1.operation, $1.shape ?? "")
      }
  }

  private func line(_ kind: OperationKind, _ time: OperationTime) -> Line {
    Line(
      operation: kind.operation, shape: kind.shape, precision: kind.precision?.rawValue,
      count: time.count, seconds: time.seconds, share: time.seconds / seconds,
      fractionOfPeak: fraction(kind, time))
  }

  /// Part of the rate of products in registers, or of copies of memory.
  private func fraction(_ kind: OperationKind, _ time: OperationTime) -> Double? {
    switch kind.work {
    case .operations(let count):
      kind.precision.flatMap { peaks[$0] }
        .map { Double(count * time.count) / time.seconds / $0.operationsPerSecond }
    case .bytes(let count):
      peaks.values.first.map { Double(count * time.count) / time.seconds / $0.bytesPerSecond }
    case nil: nil
    }
  }
}
