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
    show(
      label, secondsLeft: fraction > 0 ? elapsed * (1 - fraction) / fraction : nil,
      isMilestone: isMilestone)
  }

  /// Shows how far an augmentation is.
  func show(_ progress: AugmentationProgress) {
    let image = min(progress.images + 1, progress.imagesInAll)
    let isDone = progress.step == 0
    show(
      isDone
        ? "\(progress.images) of \(progress.imagesInAll) images"
        : "image \(image)/\(progress.imagesInAll), step \(progress.step)/\(progress.steps)",
      secondsLeft: progress.secondsLeft, isMilestone: progress.images == progress.imagesInAll)
  }

  private func show(_ label: String, secondsLeft: Double?, isMilestone: Bool) {
    let now = clock.now
    // A log gets a line every ten seconds, a terminal ten a second.
    let pause: Duration = Console.isTerminal ? .milliseconds(100) : .seconds(10)
    if let lastLine, !isMilestone, now - lastLine < pause { return }
    lastLine = now
    let left = secondsLeft.map { ", \(Self.text(seconds: $0)) left" } ?? ""
    Console.progress(label + left)
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
