import Foundation
import Synchronization

/// One call of ``ThreadPool/forEach(_:scratchBytes:_:)``.
///
/// Unchecked because `body` is not `Sendable`; the thread that passed it waits until all calls end.
final class Job: @unchecked Sendable {
  private let parts: Int
  private let scratchBytes: Int
  private let body: (Int, UnsafeMutableRawPointer) -> Void
  private let taken = Atomic<Int>(0)
  private let remaining: Atomic<Int>

  init(
    parts: Int, scratchBytes: Int, body: @escaping (Int, UnsafeMutableRawPointer) -> Void
  ) {
    self.parts = parts
    self.scratchBytes = scratchBytes
    self.body = body
    remaining = Atomic(parts)
  }

  /// Does parts until none is left to take.
  func work(_ scratch: Scratch) {
    while true {
      let part = taken.add(1, ordering: .relaxed).oldValue
      if part >= parts { return }
      if let memory = scratch.memory(scratchBytes) { body(part, memory) }
      remaining.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  /// Returns when the parts that other threads took are done too.
  func waitUntilDone() {
    var spins = 0
    while remaining.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins % 4096 == 0 { sched_yield() }
    }
  }
}

/// Where the caller's thread posts a job and the other threads find it.
final class NoticeBoard: Sendable {
  private struct State {
    var job: Job?
    var isStopped = false
    var sleepers = 0
  }

  /// Looks at the board before a thread goes to sleep: about 100 µs.
  private static let patience = 50_000

  private let condition = NSCondition()
  private let number = Atomic<Int>(0)
  /// Guarded by `condition`.
  nonisolated(unsafe) private var state = State()

  /// Posts a job.
  func publish(_ job: Job) {
    condition.lock()
    state.job = job
    number.add(1, ordering: .releasing)
    if state.sleepers > 0 { condition.broadcast() }
    condition.unlock()
  }

  /// Takes the job down, so that no late thread begins with it.
  func retract() {
    condition.lock()
    state.job = nil
    condition.unlock()
  }

  /// Sends all waiting threads home.
  func stop() {
    condition.lock()
    state.isStopped = true
    number.add(1, ordering: .releasing)
    condition.broadcast()
    condition.unlock()
  }

  /// Waits for the notice after number `seen`; nil when the board is closed.
  func next(after seen: Int) -> (job: Job?, number: Int)? {
    var looks = 0
    while number.load(ordering: .acquiring) == seen && looks < Self.patience { looks += 1 }
    condition.lock()
    defer { condition.unlock() }
    state.sleepers += 1
    while number.load(ordering: .acquiring) == seen { condition.wait() }
    state.sleepers -= 1
    return state.isStopped ? nil : (state.job, number.load(ordering: .acquiring))
  }
}
