import Foundation

/// Seconds that processors have worked so far, all of them together.
enum ProcessorTime {
  /// For this process, by all of its threads.
  static var ofProcess: Double {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// For everyone on this machine, and for other machines of the same host while this one had work; nil
  /// where the system does not say.
  static var ofMachine: Double? {
    guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else { return nil }
    return ofMachine(text)
  }

  /// Reads Linux's `/proc/stat`; see proc_stat(5).
  static func ofMachine(_ text: String) -> Double? {
    let words = text.prefix { $0 != "\n" }.split(separator: " ")
    let ticks = words.dropFirst().prefix(8).map { Double($0) ?? 0 }
    guard words.first == "cpu", ticks.count == 8 else { return nil }
    // User, nice, system, idle, waiting for devices, two kinds of interrupts, stolen.
    return (ticks.reduce(0, +) - ticks[3] - ticks[4]) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
