/// Measures a run's speed in steps of single images.
///
/// The first step does not count: it waits for weights to be read and kernels to be made.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let pictures: Int
  private let steps: Int
  private var first: (instant: ContinuousClock.Instant, done: Int)?
  /// Seconds that a step of one image takes; nil before the second step.
  private var secondsPerStep: Double?
  private var painted = 0
  private var done = 0

  /// Starts now, with so many images to paint, of so many steps each.
  init(pictures: Int, steps: Int) {
    self.pictures = pictures
    self.steps = steps
  }

  /// Takes the time when a number of images have had `step` steps.
  mutating func lap(batch: Int, step: Int) { lap(done: painted * steps + batch * step) }

  /// Takes the time when a number of images are painted, besides those before.
  mutating func lap(painted count: Int) {
    painted += count
    lap(done: painted * steps)
  }

  private mutating func lap(done: Int) {
    self.done = done
    guard let first else {
      first = (.now, done)
      return
    }
    if done > first.done {
      secondsPerStep = (.now - first.instant) / .seconds(done - first.done)
    }
  }

  /// The time for so many steps of single images; nil before the second step.
  func seconds(forSteps steps: Int) -> Double? { secondsPerStep.map { $0 * Double(steps) } }

  var secondsElapsed: Double { (.now - start) / .seconds(1) }
  var secondsPerImage: Double? { seconds(forSteps: steps) }
  var secondsLeft: Double? { seconds(forSteps: pictures * steps - done) }
}
