import Augmentation
import Foundation

/// Turns counts into a line of progress with the time that is left.
final class ProgressReport {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastLine: ContinuousClock.Instant?

  init() { start = clock.now }

  /// Shows how far the work is.
  ///
  /// - Parameters:
  ///   - label: What is being done, such as `image 2/8, step 12/30`.
  ///   - fraction: Share of all work that is done, 0 ... 1.
  ///   - isMilestone: Whether a log without a terminal should have this line whatever the time.
  func show(_ label: String, fraction: Double, isMilestone: Bool = false) {
    let elapsed = start.duration(to: clock.now) / .seconds(1)
    let left =
      fraction > 0 ? ", \(Self.text(seconds: elapsed * (1 - fraction) / fraction)) left" : ""
    show(label + left, isMilestone: isMilestone)
  }

  /// Shows how far an augmentation is.
  func show(_ progress: AugmentationProgress) {
    let isFinished = progress.step == 0
    if Console.writesJSON {
      if isFinished || isTime(after: .seconds(1)) { Console.progress(ConsoleEvent(progress)) }
      return
    }
    let image = min(progress.images + (isFinished ? 0 : 1), progress.imagesInAll)
    var parts = [
      Self.bar(progress.images, of: progress.imagesInAll)
        + " image \(image)/\(progress.imagesInAll)",
      isFinished ? "finished" : "step \(progress.step)/\(progress.steps)",
      Self.text(seconds: progress.secondsElapsed),
    ]
    if let seconds = progress.secondsPerImage {
      parts.append("\(seconds.text(places: 1)) s an image")
    }
    if let left = progress.secondsLeft { parts.append("\(Self.text(seconds: left)) left") }
    parts.append("\(progress.name) (\(progress.classes.joined(separator: ", ")))")
    show(parts.joined(separator: ", "), isMilestone: progress.images == progress.imagesInAll)
  }

  private static func bar(_ done: Int, of all: Int) -> String {
    let width = 16
    let filled = done * width / max(1, all)
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: width - filled) + "]"
  }

  private func show(_ line: String, isMilestone: Bool) {
    // A log gets a line every ten seconds, a terminal ten a second.
    let pause: Duration = Console.isTerminal ? .milliseconds(100) : .seconds(10)
    if isTime(after: pause) || isMilestone { Console.progress(line) }
  }

  /// Whether the last line is so long ago; if it is, this is the time of the last line.
  private func isTime(after pause: Duration) -> Bool {
    let now = clock.now
    if let lastLine, now - lastLine < pause { return false }
    lastLine = now
    return true
  }

  /// A duration for people: `42 s`, `3 min 05 s`, `2 h 10 min`.
  static func text(seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole % 3600 / 60)) min"
  }
}
