package import Foundation

/// Standard output or standard error. There is no buffer: who reads along sees each line at once.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case errors = 2

  /// Writes all of a text.
  package func write(_ text: String) throws(POSIXError) {
    try writeAll(Data(text.utf8), to: rawValue)
  }

  /// Readies the process, before it opens any file.
  ///
  /// A reader that goes away, or a file that grows beyond a limit, fails the call and does not end the
  /// process. A file never gets the number of a stream that was closed from outside: what is opened in
  /// the stream's place fails as the closed one would.
  package static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
