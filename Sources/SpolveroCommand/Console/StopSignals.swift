import Augmentation
import Faults
import Foundation

/// Turns Ctrl-C and SIGTERM into a request that long work looks at between steps.
///
/// A thread of its own waits for the signals. So no code runs in a handler, where little is allowed, and
/// no system call is broken off.
enum StopSignals {
  /// Requested by the first of the signals after ``watch()``.
  static let interruption = Interruption()

  /// Starts to listen. A second signal ends the program at once.
  ///
  /// Call this before other threads are started: those would be ended by the first one.
  ///
  /// - Parameter grace: How long SIGTERM, by which machines' managers announce the end, lets the work on an image go on.
  static func watch(grace: Duration = .zero) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      // Shells let jobs in the background ignore Ctrl-C; who sends a signal means it.
      signal(number, SIG_DFL)
      unsafe sigaddset(&signals, number)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    Thread.detachNewThread { [signals] in wait(for: signals, grace) }
  }

  private static func wait(for signals: sigset_t, _ grace: Duration) {
    var (signals, number) = (signals, Int32(0))
    unsafe sigwait(&signals, &number)
    let finishes = number == SIGTERM && grace > .zero
    if finishes {
      interruption.requestAfterImage(within: grace)
    } else {
      interruption.request()
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // Only now: the message may have to wait for a line that nobody reads.
    Console.note(
      finishes
        ? "Stopping after this image, or at the next step if it would take longer than \(grace / .seconds(1)) s."
        : "Stopping at the next step. What is finished is kept; once more ends at once.")
    // The next signal needs a thread that takes it.
    while true { pause() }
  }

  /// Ends a command that writes its results last, if somebody asked for it.
  ///
  /// - Throws: `CommandError` then.
  @Sendable static func check() throws {
    if interruption.isRequested {
      throw CommandError(.interrupted, "Interrupted. Nothing was written.")
    }
  }
}
