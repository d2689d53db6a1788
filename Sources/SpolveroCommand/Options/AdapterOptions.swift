import ArgumentParser
import DiffusionPipelines
import Foundation

/// The T2I-Adapters that steer images, each with its share in them.
struct AdapterOptions: ParsableArguments {
  @Option(
    name: .customLong("adapter"),
    help: "Folder of a T2I-Adapter. Several may be given, each with its image.",
    completion: .directory)
  var folders: [String] = []

  @Option(
    name: .customLong("adapter-scale"),
    help: "Factor of an adapter's features: one for all adapters, or one for each. (default: 1)")
  var scales: [Float] = []

  @Option(
    name: .customLong("adapter-start"),
    help:
      "Share of the steps after which an adapter takes part: one for all, or one for each. (default: 0)"
  )
  var starts: [Float] = []

  @Option(
    name: [.customLong("adapter-end"), .customLong("adapter-factor")],
    help:
      "Share of the steps up to which an adapter takes part: one for all, or one for each. (default: 1)"
  )
  var ends: [Float] = []

  func validate() throws {
    for (option, values) in [
      ("--adapter-scale", scales), ("--adapter-start", starts), ("--adapter-end", ends),
    ] where values.count > max(1, folders.count) || values.count > 1 && values.count < folders.count
    {
      throw ValidationError(
        "\(option) is given \(values.count) times for \(folders.count) adapters; give one for all, or one "
          + "for each.")
    }
    if !scales.allSatisfy(\.isFinite) {
      throw ValidationError("--adapter-scale must be a finite number.")
    }
    for (index, range) in ranges.enumerated()
    where !(0...1).contains(range.start) || !(0...1).contains(range.end) || range.start > range.end
    {
      throw ValidationError(
        "adapter \(index + 1) takes part from \(range.start) to \(range.end) of the steps; --adapter-start and "
          + "--adapter-end must be within 0 ... 1, the end not before the start.")
    }
  }

  /// The folders.
  var urls: [URL] { folders.map { URL(fileURLWithPath: $0) } }

  /// How each of them takes part.
  var settings: [ControlSettings] {
    zip(folders.indices, ranges).map { index, range in
      ControlSettings(scale: Self.value(scales, index, default: 1), steps: range)
    }
  }

  /// Of each adapter; of what would be the only one where there is none.
  private var ranges: [StepRange] {
    (0..<max(1, folders.count)).map { index in
      StepRange(
        start: Self.value(starts, index, default: 0), end: Self.value(ends, index, default: 1))
    }
  }

  private static func value(_ values: [Float], _ index: Int, default value: Float) -> Float {
    values.count == 1 ? values[0] : index < values.count ? values[index] : value
  }
}
