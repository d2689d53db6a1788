import Foundation

extension Process {
  /// Whether the program takes a signal itself: it is blocked, and a thread waits for it.
  func takes(_ signal: Int32) -> Bool { Self.blocks(signal, in: "\(folder)/status") == true }

  /// Whether that thread has taken one, after which it blocks the signal no more.
  func hasTaken(_ signal: Int32) -> Bool {
    let threads = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/task")
    return takes(signal)
      && (threads ?? []).contains {
        Self.blocks(signal, in: "\(folder)/task/\($0)/status") == false
      }
  }

  private var folder: String { "/proc/\(processIdentifier)" }

  /// What Linux says of a thread; nil when the thread is gone.
  private static func blocks(_ signal: Int32, in path: String) -> Bool? {
    let status = try? String(contentsOfFile: path, encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
    let mask = line.flatMap {
      UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16)
    }
    return mask.map { $0 & 1 << UInt64(signal - 1) != 0 }
  }
}
