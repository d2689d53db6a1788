import Foundation
import Synchronization

/// Standard error: messages, and one line of progress that is rewritten where a person watches.
enum Console {
  /// Whether a line of progress stands on the screen.
  private static let hasOpenLine = Mutex(false)

  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Says something on a line of its own.
  static func note(_ message: String) { write(message, prefix: "") }

  /// Says what went wrong.
  static func error(_ message: String) { write(message, prefix: "spolvero: error: ") }

  /// Says what may surprise.
  static func warning(_ message: String) { write(message, prefix: "spolvero: warning: ") }

  /// Rewrites the line of progress; on anything but a terminal it becomes a line of its own.
  static func progress(_ line: String) {
    hasOpenLine.withLock { isOpen in
      if isTerminal {
        emit("\r\u{1B}[K\(line)")
        isOpen = true
      } else {
        emit(line + "\n")
      }
    }
  }

  private static func write(_ message: String, prefix: String) {
    hasOpenLine.withLock { isOpen in
      emit((isOpen ? "\r\u{1B}[K" : "") + prefix + message + "\n")
      isOpen = false
    }
  }

  private static func emit(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
