import Foundation
import Synchronization

/// Threads that work through the parts of one job at a time.
///
/// Jobs follow one another within microseconds, so a thread that runs out of work looks for the next
/// job for a while before it sleeps.
package final class ThreadPool: Sendable {
  /// Threads that work, the caller's included.
  package let count: Int
  private let board = NoticeBoard()
  private let scratch: [Scratch]
  /// Once it is set, jobs are left undone.
  private let failure: Failure
  /// Holds the thread whose job is being worked on; others wait for their turn.
  private let caller = Mutex<Void>(())

  package init(_ count: Int, failure: Failure = Failure()) {
    precondition(count >= 1, "ThreadPool: \(count) threads cannot work")
    self.count = count
    self.failure = failure
    scratch = (0..<count).map { _ in Scratch(failure) }
    for index in 0..<count where index > 0 {
      let (board, scratch) = (board, scratch[index])
      let thread = Thread { Self.serve(board, scratch) }
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  deinit { board.stop() }

  /// Calls `body` once for every part of a job, on all threads, and returns when all are done.
  ///
  /// - Parameters:
  ///   - parts: Number of parts. Parts are handed out in order, to whichever thread is free.
  ///   - scratchBytes: Memory that each call of `body` may use.
  package func forEach(
    _ parts: Int, scratchBytes: Int = 0,
    _ body: @escaping (_ part: Int, _ scratch: UnsafeMutableRawPointer) -> Void
  ) {
    if parts == 0 || failure.isSet { return }
    caller.withLock { _ in
      let job = Job(parts: parts, scratchBytes: scratchBytes, body: body)
      let isShared = parts > 1 && count > 1
      if isShared { board.publish(job) }
      job.work(scratch[0])
      if isShared {
        job.waitUntilDone()
        board.retract()
      }
    }
  }

  /// Calls `body` for consecutive ranges that together cover `0..<count`.
  ///
  /// - Parameter grain: Least number of items worth a part of their own.
  package func forEachRange(_ items: Int, grain: Int, _ body: @escaping (Range<Int>) -> Void) {
    let parts = max(1, min(count * 4, items / max(grain, 1)))
    forEach(parts) { part, _ in body(items * part / parts..<items * (part + 1) / parts) }
  }

  private static func serve(_ board: NoticeBoard, _ scratch: Scratch) {
    var seen = 0
    while let notice = board.next(after: seen) {
      notice.job?.work(scratch)
      seen = notice.number
    }
  }
}
