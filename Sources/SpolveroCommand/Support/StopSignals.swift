import Augmentation
import Foundation

/// Turns Ctrl-C and SIGTERM into a request that long work looks at between steps.
enum StopSignals {
  /// Set by the signals from the first call of ``watch()`` on.
  static let interruption = Interruption()

  /// Starts to listen. A second signal ends the program at once.
  static func watch() {
    // A parent that starts programs from a worker thread hands on that thread's blocked signals.
    var watched = sigset_t()
    unsafe sigemptyset(&watched)
    for number in [SIGINT, SIGTERM] {
      unsafe sigaddset(&watched, number)
      signal(number) { number in
        if StopSignals.interruption.isRequested {
          signal(number, SIG_DFL)
          raise(number)
        }
        StopSignals.interruption.request()
      }
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &watched, nil)
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
