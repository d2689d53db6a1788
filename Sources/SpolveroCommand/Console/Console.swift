import Augmentation
import DurableFiles
import Faults
import Foundation
import Synchronization

/// Both streams of the program: results on standard output, and on standard error messages and one line
/// of progress that is rewritten where a person watches.
///
/// A message that cannot be written is dropped, since nobody would learn of that; a result that cannot be
/// written is an error. What a text has from files never reaches a terminal as a command to it.
enum Console {
  /// Whether a line of progress stands on the screen.
  private static let hasOpenLine = Mutex(false)
  private static let isForPrograms = Mutex(false)

  /// Whether what goes to standard error is one JSON object a line.
  static var writesJSON: Bool {
    get { isForPrograms.withLock { $0 } }
    set { isForPrograms.withLock { $0 = newValue } }
  }

  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Gives out lines of a result.
  ///
  /// - Throws: `CommandError` when they cannot be written.
  static func result(_ lines: [String]) throws {
    try result(text: lines.map { $0.visible + "\n" }.joined())
  }

  /// Gives out a value as one JSON object or array.
  ///
  /// - Throws: `CommandError` when it cannot be written.
  static func result(json value: some Encodable) throws { try result(text: jsonText(value) + "\n") }

  /// Gives out a text of our own as it is.
  ///
  /// - Throws: `CommandError` when it cannot be written.
  static func result(text: String) throws {
    try hasOpenLine.withLock { isOpen in
      close(&isOpen)
      do throws(POSIXError) { try StandardStream.output.write(text) } catch {
        throw error.code == .EPIPE ? ReaderIsGone() : CommandError(unwritten: error.code)
      }
    }
  }

  /// Says something on a line of its own.
  static func note(_ message: String) { say(message.visibleParagraph, .note, message) }

  /// Says what went wrong, and which options are about it.
  static func error(_ fault: any Fault) {
    let message = fault.description.naming(fault.remedies)
    say("spolvero: error: " + message.visibleParagraph, .error, message)
  }

  /// Says what may surprise.
  static func warning(_ message: String) {
    say("spolvero: warning: " + message.visibleParagraph, .warning, message)
  }

  /// Says several lines, such as how the program is used.
  static func usage(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    say(lines.map(\.visible).joined(separator: "\n"), .usage, text)
  }

  /// Rewrites the line of progress; on anything but a terminal it becomes a line of its own.
  static func progress(_ line: String) {
    hasOpenLine.withLock { isOpen in
      if writesJSON {
        write(ConsoleEvent(.progress, line))
      } else if isTerminal {
        // A line that wraps could not be rewritten. The last column makes some terminals wrap.
        write(clearing + line.prefix((columns ?? .max) - 1))
        isOpen = true
      } else {
        write(line + "\n")
      }
    }
  }

  /// Tells programs how far an augmentation is.
  static func progress(_ event: ConsoleEvent) { hasOpenLine.withLock { _ in write(event) } }

  private static let clearing = "\r\u{1B}[K"

  private static func say(_ text: String, _ kind: ConsoleEvent.Kind, _ message: String) {
    hasOpenLine.withLock { isOpen in
      close(&isOpen)
      if writesJSON { write(ConsoleEvent(kind, message)) } else { write(text + "\n") }
    }
  }

  private static func write(_ event: ConsoleEvent) {
    if let line = try? JSONEncoder.stable.encode(event) {
      write(String(decoding: line, as: UTF8.self) + "\n")
    }
  }

  private static func close(_ isOpen: inout Bool) {
    if isOpen { write(clearing) }
    isOpen = false
  }

  private static func write(_ text: String) { try? StandardStream.errors.write(text) }

  /// The terminal's width.
  private static var columns: Int? {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else {
      return nil
    }
    return Int(size.ws_col)
  }
}

/// Whoever read the results has read enough, as `head` does. There is nobody to tell.
struct ReaderIsGone: Fault {
  let kind = FaultKind.inputOutput
  let description = "standard output: nobody reads it any more."
}

extension CommandError {
  /// Results could not be written.
  fileprivate init(unwritten code: POSIXErrorCode) {
    self.init(
      .inputOutput,
      "standard output: the results cannot be written (\(code.text)). Check where they go, then start "
        + "again.")
  }
}
