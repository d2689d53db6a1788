import Augmentation
import Foundation

/// Turns Ctrl-C and SIGTERM into a request that long work looks at between steps.
enum StopSignals {
  /// Set by the signals from the first call of ``watch()`` on.
  static let interruption = Interruption()

  /// Starts to listen. A second signal ends the program at once.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if StopSignals.interruption.isRequested {
          signal(number, SIG_DFL)
          raise(number)
        }
        StopSignals.interruption.request()
      }
    }
  }
}
