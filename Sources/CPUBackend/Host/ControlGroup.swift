package import Foundation

/// The limits that containers, Slurm or systemd put on this process through Linux's control groups.
///
/// A limit holds for everything below the folder that it stands in, so all folders from the process's own
/// up to the root count.
///
/// Source: the kernel's `Documentation/admin-guide/cgroup-v2.rst` and `cgroup-v1/`.
package struct ControlGroup {
  /// Where the groups are mounted.
  private let root: URL
  /// The groups of this process: `0::/path` in version 2, `4:cpu,cpuacct:/path` in version 1.
  private let membership: String

  /// The groups of this process.
  init() {
    self.init(
      root: URL(filePath: "/sys/fs/cgroup"),
      membership: (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? "")
  }

  /// Groups as a test lays them out.
  package init(root: URL, membership: String) {
    self.root = root
    self.membership = membership
  }

  /// How many processors' time the process may use; nil without a limit.
  package var processors: Double? {
    let second = folders("").compactMap { folder -> Double? in
      let words = words(in: folder.appending(path: "cpu.max"))
      guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]) else {
        return nil
      }
      return quota / period
    }
    let first = folders("cpu").compactMap { folder -> Double? in
      guard let quota = number(in: folder.appending(path: "cpu.cfs_quota_us")), quota > 0,
        let period = number(in: folder.appending(path: "cpu.cfs_period_us")), period > 0
      else { return nil }
      return Double(quota) / Double(period)
    }
    return (second + first).min()
  }

  /// Bytes that the process may still take; nil without a limit. Cached files give way, so they count.
  package var memoryLeft: Int? {
    let second = folders("").compactMap {
      left(in: $0, limit: "memory.max", used: "memory.current", cachePrefix: "")
    }
    let first = folders("memory").compactMap {
      left(
        in: $0, limit: "memory.limit_in_bytes", used: "memory.usage_in_bytes",
        cachePrefix: "total_")
    }
    return (second + first).min()
  }

  private func left(
    in folder: URL, limit: String, used: String, cachePrefix: String
  ) -> Int? {
    guard let limit = number(in: folder.appending(path: limit)),
      let used = number(in: folder.appending(path: used))
    else { return nil }
    let words = words(in: folder.appending(path: "memory.stat"))
    let cached = zip(words, words.dropFirst())
      .filter { ["active_file", "inactive_file"].map { cachePrefix + $0 }.contains($0.0) }
      .compactMap { Int($0.1) }.reduce(0, +)
    return max(0, limit - used + cached)
  }

  /// The process's folder of a controller of version 1, or of version 2 for an empty name, and all above.
  private func folders(_ controller: String) -> [URL] {
    for line in membership.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3,
        parts[1].split(separator: ",", omittingEmptySubsequences: false).contains(controller[...])
      else { continue }
      let names = parts[2].split(separator: "/").map { String($0) }
      let mount = controller.isEmpty ? root : root.appending(path: controller)
      return (0...names.count).map { depth in
        names.prefix(depth).reduce(mount) { $0.appending(path: $1) }
      }
    }
    return []
  }

  private func number(in file: URL) -> Int? { words(in: file).first.flatMap { Int($0) } }

  private func words(in file: URL) -> [String] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split { $0.isWhitespace }.map { String($0) }
  }
}
