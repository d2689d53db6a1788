public import ArgumentParser
public import DiffusionPipelines
import Foundation

/// The networks that steer images, each with its share in them: ControlNets and T2I-Adapters, as their folders say.
struct ControlOptions: ParsableArguments {
  @Option(
    name: [.customLong("control"), .customLong("adapter")],
    help: """
      Folder of a ControlNet or a T2I-Adapter. Several may be given in any mixture; images or priors, scales and ranges \
      belong to them in their order.
      """,
    completion: .directory)
  var folders: [String] = []

  @Option(
    name: [.customLong("control-scale"), .customLong("adapter-scale")],
    help: "Factor of what a network adds: one for all, or one for each. (default: 1)")
  var scales: [Float] = []

  @Option(
    name: .customLong("control-steps"),
    help: ArgumentHelp(
      "Shares of the steps in which a network takes part: one range for all, or one for each. (default: 0...1)",
      valueName: "start...end"))
  var steps: [StepRange] = []

  @Option(
    name: .customLong("adapter-start"),
    help:
      "Share of the steps after which a network takes part: one for all, or one for each. (default: 0)"
  )
  var starts: [Double] = []

  @Option(
    name: [.customLong("adapter-end"), .customLong("adapter-factor")],
    help:
      "Share of the steps up to which a network takes part: one for all, or one for each. (default: 1)"
  )
  var ends: [Double] = []

  @Flag(
    help: """
      Let ControlNets steer the prompt's half of guidance alone, more from layer to layer: the control image is \
      followed even where the prompt says little.
      """)
  var guessMode = false

  func validate() throws {
    for (option, count) in [
      ("--control-scale", scales.count), ("--control-steps", steps.count),
      ("--adapter-start", starts.count), ("--adapter-end", ends.count),
    ] where count > max(1, folders.count) || count > 1 && count < folders.count {
      throw ValidationError(
        "\(option) is given \(count) times for \(folders.count) control networks; give one for all, or one "
          + "for each.")
    }
    if !scales.allSatisfy(\.isFinite) {
      throw ValidationError("--control-scale must be a finite number.")
    }
    if !steps.isEmpty && !(starts.isEmpty && ends.isEmpty) {
      throw ValidationError(
        "--control-steps says what --adapter-start and --adapter-end say; give one or the others.")
    }
    for (index, range) in ranges.enumerated()
    where !range.isWithinRun {
      throw ValidationError(
        "control network \(index + 1) takes part from \(range.start) to \(range.end) of the steps; the shares of "
          + "--control-steps (--adapter-start, --adapter-end) must be within 0 ... 1, the end not before the start."
      )
    }
  }

  /// The folders.
  var urls: [URL] { folders.map { URL(fileURLWithPath: $0) } }

  /// How each of them takes part.
  var settings: [ControlSettings] {
    zip(folders.indices, ranges).map { index, range in
      ControlSettings(
        scale: Self.value(scales, index, default: 1), steps: range, guessMode: guessMode)
    }
  }

  /// What is noted in an image: each setting of all networks in one text.
  var texts: [(key: String, value: String)] {
    if folders.isEmpty { return [] }
    let settings = settings
    return [
      ("control", urls.map(\.lastPathComponent)),
      ("control-scale", settings.map { "\($0.scale)" }),
      ("control-steps", settings.map { "\($0.steps.start)...\($0.steps.end)" }),
      ("guess-mode", guessMode ? ["true"] : []),
    ].filter { !$0.1.isEmpty }.map { ($0, $1.joined(separator: ", ")) }
  }

  /// Of each network; of what would be the only one where there is none.
  private var ranges: [StepRange] {
    (0..<max(1, folders.count)).map { index in
      let range = StepRange(
        start: Self.value(starts, index, default: 0), end: Self.value(ends, index, default: 1))
      return Self.value(steps, index, default: range)
    }
  }

  private static func value<Value>(
    _ values: [Value], _ index: Int, default value: Value
  ) -> Value {
    values.count == 1 ? values[0] : index < values.count ? values[index] : value
  }
}

extension StepRange: ExpressibleByArgument {
  /// Takes two shares such as `0...0.8`.
  public init?(argument: String) {
    let parts = argument.split(separator: "...", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Double(parts[0]), let end = Double(parts[1]) else {
      return nil
    }
    self.init(start: start, end: end)
  }
}
