import Foundation

/// The processor of this machine.
enum Processor {
  /// Model name, family and model, such as `AMD EPYC, family 26, model 2`; nil where the system does not say.
  ///
  /// Kernels have the same name on processors that are years apart, so figures need this one too.
  static let name: String? = {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return nil
    }
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2, fields[parts[0]] == nil { fields[parts[0]] = parts[1] }
    }
    return [
      fields["model name"], fields["cpu family"].map { "family " + $0 },
      fields["model"].map { "model " + $0 },
    ].compactMap(\.self).joined(separator: ", ")
  }()
}
