import Foundation

/// The memory that this process may still take from the system.
enum HostMemory {
  /// Bytes, by the tightest of the machine's, the control group's and the process's own limit; nil where
  /// the system does not say.
  static var available: Int? {
    [machine, ControlGroup().memoryLeft, addressSpace].compactMap { $0 }.min()
  }

  /// What the machine has for programs without taking it from others: cached files give way.
  private static var machine: Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else {
      return nil
    }
    let kilobytes = ["MemAvailable", "SwapFree"].compactMap { name in
      text.split(separator: "\n").first { $0.hasPrefix(name + ":") }?
        .split { $0.isWhitespace }.dropFirst().first.flatMap { Int($0) }
    }
    return kilobytes.isEmpty ? nil : 1024 * kilobytes.reduce(0, +)
  }

  /// What `ulimit -v` leaves; nil without a limit.
  private static var addressSpace: Int? {
    #if os(Linux)
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
        limit.rlim_cur != rlim_t.max,
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
          .split(separator: " ").first.flatMap({ Int($0) })
      else { return nil }
      return max(0, Int(clamping: limit.rlim_cur) - pages * Int(getpagesize()))
    #else
      return nil
    #endif
  }
}
