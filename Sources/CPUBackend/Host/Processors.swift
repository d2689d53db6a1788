import CCPUFeatures
import Foundation

/// The processors that are this process's share of the machine.
enum Processors {
  /// How many threads can run at once: as `nproc` counts, and no more than a quota of time keeps busy.
  static var count: Int {
    let quota = ControlGroup().processors.map { max(1, Int($0.rounded(.up))) }
    return min(allowed, quota ?? .max)
  }

  /// Processors that `taskset`, Slurm or a container's set leave to this process.
  private static var allowed: Int {
    let count = Int(cpu_allowed_count())
    return count > 0 ? count : ProcessInfo.processInfo.activeProcessorCount
  }
}
