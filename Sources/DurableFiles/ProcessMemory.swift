import Foundation

/// The memory of this process.
package enum ProcessMemory {
  /// The most that it has had at once, in bytes, mapped files that were read among it.
  package static var peakByteCount: Int {
    var usage = rusage()
    #if canImport(Darwin)
      let (who, unit) = (RUSAGE_SELF, 1)
    #else
      let (who, unit) = (__rusage_who_t(RUSAGE_SELF.rawValue), 1024)
    #endif
    guard unsafe getrusage(who, &usage) == 0 else { return 0 }
    return Int(usage.ru_maxrss) * unit
  }
}
